import { corr2d, extend, input, mean, mul, sub, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { compile } from '../compile.ts';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import type { Graph } from '../lower/lower.ts';
import { lowerProgram } from '../lower-program.ts';
import { rewrites } from '../passes/rewrite.ts';
import { specialiseGraph } from '../run/variants.ts';
import { certify, CertificateError, type CertifyOptions } from './certify.ts';

const sizes = new Map([['H', 5], ['W', 4]]);

function bordered(): { readonly x: Tensor; readonly spec: ProgramSpec } {
  const x = input('x', ['H', 'W']);
  const y = corr2d(extend(x, { mode: 'reflect', low: [1, 2], high: [1, 0] }), [[1, 2, 3], [0, 1, 0], [2, 0, 0.1]]);
  return { x, spec: { inputs: { x }, outputs: { y: sub(y, mean(x)) } } };
}

const isLiteral = ({ inputs }: Graph): boolean => inputs.every(({ shape }) => shape.every((size) => typeof size === 'number'));

test('the program that is made for some sizes is compared with the graph as written at them', () => {
  const { spec } = bordered();
  const seen: boolean[] = [];
  const certificate = certify(spec, direct(), {
    sizes,
    lower: (graph, machine) => {
      seen.push(isLiteral(graph));
      return lowerProgram(graph, machine);
    },
  });
  expect(seen).toEqual([true]);
  expect(certificate.stages).toEqual(['specialised', 'after separate padding', 'after fold constants', 'after simplify', 'after share masks', 'after move factors', 'after merge kernels', 'after fold constants', 'after separate kernels', 'loops', 'schedule']);
  expect(certificate.bindings).toEqual([sizes]);
  expect(certificate.elements).toBe(5 * 4);
  expect(certificate.errorProbability).toBeLessThan(2 ** -50);
});

describe('a fault that only the program for some sizes has is found there', () => {
  /** Believed of graphs of literal sizes alone. */
  const wrong = rewrites('wrong', [{ text: 'reflect = symmetric', apply: (y) => (y.primitive === 'extend' && typeof y.shape[0] === 'number' ? extend(y.inputs[0], { ...y.attributes, mode: 'symmetric' }) : undefined) }]);

  test.each<readonly [string, CertifyOptions, RegExp]>([
    ['in a pass', { passes: [wrong] }, /^certify: after wrong, the result "y" \[5, 4\] is not what the graph computes, where H = 5, W = 4\n {2}the first element that differs is number 0 of 20$/],
    ['in its nests', { lower: (graph, machine) => lowerProgram(isLiteral(graph) ? { ...graph, outputs: graph.outputs.map((each) => ({ ...each, tensor: mul(each.tensor, 2) })) } : graph, machine) }, /^certify: loops, the result "y"/],
    ['made for other sizes', { lower: (graph, machine) => lowerProgram(isLiteral(graph) ? specialiseGraph(checkSpec(bordered().spec).graph, new Map([['H', 4], ['W', 5]])) : graph, machine) }, /^certify: loops, the result "y"|elements, and \d+ is asked for/],
  ])('%s', (_, options, message) => {
    const { spec } = bordered();
    expect(() => certify(spec, direct(), options)).not.toThrow();
    expect(() => certify(spec, direct(), { ...options, sizes })).toThrow(message);
  });
});

test('compile certifies it before it is made', () => {
  const { spec, x } = bordered();
  const asked: unknown[] = [];
  const compiled = compile({ ...spec, inputs: { x } }, direct(), {
    specialise: true,
    certify: (each, backend, options) => {
      asked.push(options?.sizes);
      return certify(each, backend, options);
    },
  });
  compiled.run({ x: [[1, 2, 3], [4, 5, 6]] });
  expect(asked).toEqual([undefined, new Map([['H', 2], ['W', 3]])]);
  const refusing = compile({ ...spec, inputs: { x } }, direct(), {
    specialise: true,
    certify: (each, backend, options) => certify(each, backend, { ...options, passes: [rewrites('wrong', [{ text: 'x - y = x', apply: (y) => (options?.sizes !== undefined && y.primitive === 'sub' ? y.inputs[0] : undefined) }])] }),
  });
  expect(() => refusing.run({ x: [[1, 2, 3], [4, 5, 6]] })).toThrow(CertificateError);
});
