import type { PrimitiveName } from '../primitives.ts';
import { printShape } from '../shape.ts';
import { labelOf, type Tensor } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';

/** A graph as boxes and arrows, whatever draws them. */
interface Diagram {
  readonly boxes: readonly { readonly key: string; readonly kind: BoxKind; readonly lines: readonly string[] }[];
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly role: string | undefined }[];
}

type BoxKind = 'input' | 'state' | 'result' | 'node';

/** What the operands of a primitive are called, where their order is no answer. */
const roles: Readonly<Partial<Record<PrimitiveName, readonly string[]>>> = {
  correlate: ['x', 'w'],
  select: ['condition', 'a', 'b'],
};

function roleOf(node: Tensor, position: number): string | undefined {
  if (node.inputs.length < 2) return undefined;
  return roles[node.primitive]?.[position] ?? String(position + 1);
}

/** The primitive, what the user calls it, and, of a number, its value. */
function headline(node: Tensor): string {
  const isNumber = node.primitive === 'constant' && node.shape.length === 0;
  const name = labelOf(node) ?? (isNumber ? String(node.attributes.data[0]) : undefined);
  return name === undefined ? node.primitive : `${node.primitive} ${name}`;
}

function diagramOf(roots: Readonly<Record<string, Tensor>>): Diagram {
  const order = topologicalOrder(Object.values(roots));
  const keys = new Map<Tensor, string>(order.map((node, position) => [node, `n${position}`]));
  const key = (node: Tensor): string => keys.get(node) ?? '';
  const results = Object.entries(roots).map(([name, root], position) => ({ name, root, key: `r${position}` }));
  return {
    boxes: [
      ...order.map((node) => ({
        key: key(node),
        kind: node.primitive === 'input' || node.primitive === 'state' ? node.primitive : ('node' as const),
        lines: [headline(node), printShape(node.shape)],
      })),
      ...results.map(({ name, key }) => ({ key, kind: 'result' as const, lines: [name] })),
    ],
    arrows: [
      ...order.flatMap((node) => node.inputs.map((operand: Tensor, position) => ({ from: key(operand), to: key(node), role: roleOf(node, position) }))),
      ...results.map(({ root, key: to }) => ({ from: key(root), to, role: undefined })),
    ],
  };
}

/** All but letters, digits and harmless marks by their code points: no name can end a label, or be read as Markdown. */
function mermaidText(text: string): string {
  return Array.from(text, (character) => (/[\p{L}\p{N} .,:()[\]+/=-]/u.test(character) ? character : `#${character.codePointAt(0) ?? 0};`)).join('');
}

const mermaidShapes: Readonly<Record<BoxKind, (label: string) => string>> = {
  input: (label) => `(["${label}"])`,
  state: (label) => `[("${label}")]`,
  result: (label) => `{{"${label}"}}`,
  node: (label) => `["${label}"]`,
};

/**
 * A graph as a Mermaid flowchart, which Markdown pages of GitHub and GitLab draw: inputs round, states as drums, results
 * with points, arrows from operands to what uses them.
 *
 * @param roots the graph's results, by name
 * @see https://mermaid.js.org/syntax/flowchart.html
 * @example
 * const X = input('X', [2]);
 * toMermaid({ y: neg(X) }).split('\n'); // => ['flowchart TD', '  n0(["input X<br/>[2]"])', '  n1["neg<br/>[2]"]', '  r0{{"y"}}', '  n0 --> n1', '  n1 --> r0', '']
 */
export function toMermaid(roots: Readonly<Record<string, Tensor>>): string {
  const { boxes, arrows } = diagramOf(roots);
  return [
    'flowchart TD',
    ...boxes.map(({ key, kind, lines }) => `  ${key}${mermaidShapes[kind](lines.map(mermaidText).join('<br/>'))}`),
    ...arrows.map(({ from, to, role }) => `  ${from} -->${role === undefined ? '' : `|${role}|`} ${to}`),
    '',
  ].join('\n');
}

/** Quotes and backslashes mean themselves; a name's own line breaks become spaces. */
function dotText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/["\\]/g, String.raw`\$&`);
}

const dotShapes: Readonly<Record<BoxKind, string>> = { input: 'ellipse', state: 'cylinder', result: 'hexagon', node: 'box' };

/**
 * A graph in DOT, the language of Graphviz: `dot -Tsvg`.
 *
 * @param roots the graph's results, by name
 * @see https://graphviz.org/doc/info/lang.html
 * @example
 * const X = input('X', [2]);
 * toDot({ y: neg(X) }).split('\n'); // => ['digraph {', '  n0 [shape=ellipse, label="input X\\n[2]"];', '  n1 [shape=box, label="neg\\n[2]"];', '  r0 [shape=hexagon, label="y"];', '  n0 -> n1;', '  n1 -> r0;', '}', '']
 */
export function toDot(roots: Readonly<Record<string, Tensor>>): string {
  const { boxes, arrows } = diagramOf(roots);
  return [
    'digraph {',
    ...boxes.map(({ key, kind, lines }) => `  ${key} [shape=${dotShapes[kind]}, label="${lines.map(dotText).join(String.raw`\n`)}"];`),
    ...arrows.map(({ from, to, role }) => `  ${from} -> ${to}${role === undefined ? '' : ` [label="${role}"]`};`),
    '}',
    '',
  ].join('\n');
}
