import { expect, test } from 'vitest';
import { corr2d, greater, input, label, mul, select, state } from '../index.ts';
import { toDot, toMermaid } from './diagram.ts';

const X = input('X', ['H', 8]);
const edges = label(corr2d(X, state('K', [[1, -1]])), 'edges');
const y = select(greater(edges, 0), mul(edges, 2), edges);

test('Mermaid', () => {
  expect(toMermaid({ y, edges })).toMatchInlineSnapshot(`
    "flowchart TD
      n0["constant 0<br/>[]"]
      n1["broadcast<br/>[H, 7]"]
      n2(["input X<br/>[H, 8]"])
      n3["reshape<br/>[1, 1, H, 8]"]
      n4[("state K<br/>[1, 2]")]
      n5["reshape<br/>[1, 1, 1, 2]"]
      n6["correlate<br/>[1, 1, H, 7]"]
      n7["reshape edges<br/>[H, 7]"]
      n8["less<br/>[H, 7]"]
      n9["constant 2<br/>[]"]
      n10["broadcast<br/>[H, 7]"]
      n11["mul<br/>[H, 7]"]
      n12["select<br/>[H, 7]"]
      r0{{"y"}}
      r1{{"edges"}}
      n0 --> n1
      n2 --> n3
      n4 --> n5
      n3 -->|x| n6
      n5 -->|w| n6
      n6 --> n7
      n1 -->|1| n8
      n7 -->|2| n8
      n9 --> n10
      n7 -->|1| n11
      n10 -->|2| n11
      n8 -->|condition| n12
      n11 -->|a| n12
      n7 -->|b| n12
      n12 --> r0
      n7 --> r1
    "
  `);
});

test('DOT', () => {
  expect(toDot({ y })).toMatchInlineSnapshot(`
    "digraph {
      n0 [shape=box, label="constant 0\\n[]"];
      n1 [shape=box, label="broadcast\\n[H, 7]"];
      n2 [shape=ellipse, label="input X\\n[H, 8]"];
      n3 [shape=box, label="reshape\\n[1, 1, H, 8]"];
      n4 [shape=cylinder, label="state K\\n[1, 2]"];
      n5 [shape=box, label="reshape\\n[1, 1, 1, 2]"];
      n6 [shape=box, label="correlate\\n[1, 1, H, 7]"];
      n7 [shape=box, label="reshape edges\\n[H, 7]"];
      n8 [shape=box, label="less\\n[H, 7]"];
      n9 [shape=box, label="constant 2\\n[]"];
      n10 [shape=box, label="broadcast\\n[H, 7]"];
      n11 [shape=box, label="mul\\n[H, 7]"];
      n12 [shape=box, label="select\\n[H, 7]"];
      r0 [shape=hexagon, label="y"];
      n0 -> n1;
      n2 -> n3;
      n4 -> n5;
      n3 -> n6 [label="x"];
      n5 -> n6 [label="w"];
      n6 -> n7;
      n1 -> n8 [label="1"];
      n7 -> n8 [label="2"];
      n9 -> n10;
      n7 -> n11 [label="1"];
      n10 -> n11 [label="2"];
      n8 -> n12 [label="condition"];
      n11 -> n12 [label="a"];
      n7 -> n12 [label="b"];
      n12 -> r0;
    }
    "
  `);
});

test('names from outside end no label and are no syntax', () => {
  const hostile = input('a"]; n9 --> n0\n`<b>#\\"\u00e9', [1]);
  expect(toMermaid({ '"}}': hostile })).toMatchInlineSnapshot(`
    "flowchart TD
      n0(["input a#34;]#59; n9 --#62; n0#10;#96;#60;b#62;#35;#92;#34;é<br/>[1]"])
      r0{{"#34;#125;#125;"}}
      n0 --> r0
    "
  `);
  expect(toDot({ '"]': hostile })).toMatchInlineSnapshot(`
    "digraph {
      n0 [shape=ellipse, label="input a\\"]; n9 --> n0 \`<b>#\\\\\\"é\\n[1]"];
      r0 [shape=hexagon, label="\\"]"];
      n0 -> r0;
    }
    "
  `);
});
