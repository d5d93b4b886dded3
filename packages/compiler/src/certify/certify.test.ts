import { abs, add, constant, conv2d, corr2d, div, exp, extend, floorDivide, grad, input, less, log, matmul, max, maxPool, mean, mul, neg, pad, pow, reduceMax, reduceMin, relu, slice, sqrt, state, sub, sum, square, type Integer, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { randomChoices, randomGraph, randomSizes } from '../../testing/random-graphs.ts';
import { seeded } from '../../testing/seeded.ts';
import { compile } from '../compile.ts';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import { elementThreads } from '../lower/element-threads.ts';
import { lowerProgram } from '../lower-program.ts';
import type { LoopNest, Statement } from '../nest.ts';
import { rewrites, type Law } from '../passes/rewrite.ts';
import type { Program } from '../program.ts';
import { certify, CertificateError } from './certify.ts';

function learning(): ProgramSpec {
  const X = input('X', [6, 8]);
  const Y = input('Y', [6, 7]);
  const K = state('K', [[0.3, 0.7]]);
  const loss = sum(square(sub(corr2d(X, K), Y)));
  const [dK] = grad(loss, [K]);
  return { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(0.03, dK))]] };
}

function network(): ProgramSpec {
  const x = input('x', [2, 2, 6, 7]);
  const w = state('w', Array.from({ length: 3 }, (_, o) => Array.from({ length: 2 }, (_, c) => [[o, c, 0.1], [0.3, 0, 1], [1, 2, -1]])));
  const hidden = maxPool(relu(conv2d(x, w, { padding: 1, strides: [1, 2] })), [2, 2], { strides: 1 });
  const loss = mean(sqrt(add(square(hidden), exp(neg(hidden)))));
  const [dw] = grad(loss, [w]);
  return { inputs: { x }, outputs: { hidden, loss }, updates: [[w, sub(w, mul(0.1, dw))]] };
}

function bordered(height: number | string, width: number | string): ProgramSpec {
  const photo = input('photo', [height, width]);
  const around = { low: [1, 2], high: [2, 1] };
  return {
    inputs: { photo },
    outputs: {
      reflected: corr2d(extend(photo, { mode: 'reflect', ...around }), [[1, 2, 1], [0, 1, 5]]),
      wrapped: corr2d(extend(photo, { mode: 'wrap', ...around }), [[1, 2, 1]]),
      padded: corr2d(pad(photo, around), [[1], [2], [3]]),
    },
  };
}

describe('what the compiler makes is what was written', () => {
  test.each([
    ['the step that learns the kernel', learning()],
    ['a network', network()],
    ['borders', bordered(9, 11)],
    ['borders of pictures of any size', bordered('H', 'W')],
    ['a product of matrices', { inputs: {}, outputs: { y: matmul([[1, 2]], [[3], [4]]) } }],
  ])('%s', (_, spec: ProgramSpec) => {
    const certificate = certify(spec, direct());
    expect(certificate.stages).toEqual(['after separate padding', 'after fold constants', 'after simplify', 'after share masks', 'after move factors', 'after merge kernels', 'after fold constants', 'after separate kernels', 'loops', 'schedule']);
    expect(certificate.errorProbability).toBeLessThan(2 ** -50);
    expect(certificate.elements).toBeGreaterThan(0);
  });

  test('random graphs, of literal and of named sizes', () => {
    fc.assert(
      fc.property(randomChoices, randomSizes, fc.boolean(), (choices, sizes, anySize) => {
        const spec = randomGraph(choices, anySize ? ['H', 'W'] : sizes);
        expect(() => certify(spec, direct(), anySize ? { bindings: [new Map([['H', sizes[0]], ['W', sizes[1]]])] } : {})).not.toThrow();
      }),
      seeded(60),
    );
  });

  test('a degree beyond two points takes more of them', () => {
    let x = input('x', []);
    const spec = { inputs: { x } };
    for (let squarings = 0; squarings < 20; squarings++) x = square(x);
    expect(certify({ ...spec, outputs: { x } }, direct())).toMatchObject({ degree: 2 ** 20, points: 2 });
    for (let squarings = 0; squarings < 20; squarings++) x = square(x);
    expect(certify({ ...spec, outputs: { x } }, direct())).toMatchObject({ degree: 2 ** 40, points: 4 });
    for (let squarings = 0; squarings < 25; squarings++) x = square(x);
    expect(() => certify({ ...spec, outputs: { x } }, direct())).toThrow('certify: results of degree 36893488147419103000 are beyond what random points of this field can tell');
  });

  test('a machine with a thread for each element: sums and maxima in bands', () => {
    const x = input('x', [7, 11]);
    const y = sub(x, sum(mul(x, x), { axes: 1, keepAxes: true }));
    const spec = { inputs: { x }, outputs: { y, most: reduceMax(x), least: reduceMin(y, { axes: 1 }), middle: mean(y) } };
    const machine = { ...direct().machine, literalSizes: true, elementThreads: elementThreads(4) };
    expect(lowerProgram(checkSpec(spec).graph, machine).nests.length).toBeGreaterThan(8);
    expect(() => certify(spec, { machine })).not.toThrow();
  });

  test('compile asks for it', () => {
    const x = input('x', [2]);
    expect(compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, direct(), { certify }).run({ x: [1, 2] }).y.toNested()).toEqual([2, 4]);
    expect(() =>
      compile(learning(), direct(), {
        certify: (spec, backend) => certify(spec, backend, { passes: [rewrites('forget', [{ text: '-x = x', apply: (y) => (y.primitive === 'sub' ? add(...y.inputs) : undefined) }])] }),
      }),
    ).toThrow(CertificateError);
  });
});

describe('a pass that changes a value is found', () => {
  const wrong: readonly Law[] = [
    { text: 'x * y = x', apply: (y) => (y.primitive === 'mul' ? y.inputs[0] : undefined) },
    { text: 'x - y = y - x', apply: (y) => (y.primitive === 'sub' ? sub(y.inputs[1], neg(neg(y.inputs[0]))) : undefined) },
    { text: 'max(x, y) = x', apply: (y) => (y.primitive === 'max' ? y.inputs[0] : undefined) },
    { text: 'exp(x) = x', apply: (y) => (y.primitive === 'exp' ? y.inputs[0] : undefined) },
    { text: 'x < y = 2 (x < y)', apply: (y) => (y.primitive === 'less' && y.inputs[0].primitive === 'input' ? mul(2, less(...y.inputs)) : undefined) },
    { text: 'pad is forgotten', apply: (y) => (y.primitive === 'correlate' && y.attributes.padding.some(([low]) => low === 1) ? neg(y) : undefined) },
  ];
  test.each(wrong)('$text', (law) => {
    const once = new Set<Tensor>();
    const pass = rewrites('wrong', [
      {
        text: law.text,
        apply: (tensor) => {
          if (once.size > 0 || once.has(tensor)) return undefined;
          const result = law.apply(tensor);
          if (result !== undefined) once.add(result);
          return result;
        },
      },
    ]);
    const x = input('x', [1, 1, 4, 5]);
    const z = input('z', [1, 1, 4, 5]);
    const spec = { inputs: { x, z }, outputs: { y: mul(relu(sub(conv2d(x, [[[[1, 2, 3]]]], { padding: [0, 1] }), exp(z))), add(z, 2)), m: neg(sub(relu(x), z)), order: mul(less(x, z), max(x, z)) } };
    expect(() => certify(spec, direct(), { passes: [pass] })).toThrow('certify: after wrong, the result "');
  });
});

/** A program with one statement of its nests changed. */
function changed(program: Program, change: (statement: Statement) => Statement): Program {
  const body = (statements: readonly Statement[]): readonly Statement[] =>
    statements.map((statement) => {
      const next = change(statement);
      return next.kind === 'loop' ? { ...next, body: body(next.body) } : next;
    });
  return { ...program, nests: program.nests.map(({ nest, schedule }) => ({ schedule, nest: { ...nest, body: body(nest.body) } satisfies LoopNest })) };
}

describe('quotients', () => {
  const [a, b] = [input('a', [12]), input('b', [12])];
  const quotients = (y: Tensor): ProgramSpec => ({ inputs: { a, b }, outputs: { y } });

  test('a sum of quotients has the degree of all of them over their common denominator', () => {
    // n / d and n' / d' of degree 12 each.
    expect(certify(quotients(sum(div(a, b))), direct())).toMatchObject({ degree: 24, questions: 12 });
    expect(certify(quotients(div(a, sum(b))), direct())).toMatchObject({ degree: 2, questions: 1 });
    expect(certify(quotients(sum(div(a, 3))), direct())).toMatchObject({ degree: 1, questions: 0 });
  });

  test.each<readonly [string, Tensor, (y: Tensor) => Tensor | undefined]>([
    ['sum(a / b) = sum(a) / sum(b)', sum(div(a, b)), (y) => (y.primitive === 'sum' && y.inputs[0].primitive === 'div' ? div(sum(a), sum(b)) : undefined)],
    ['a / b = b / a', sum(div(a, b)), (y) => (y.primitive === 'div' && y.inputs[0] === a ? div(b, a) : undefined)],
    ['a / b / b = a / b', div(div(a, b), b), (y) => (y.primitive === 'div' && y.inputs[0].primitive === 'div' ? y.inputs[0] : undefined)],
    ['a ^ -2 = -(a ^ 2)', sum(pow(a, -2)), (y) => (y.primitive === 'pow' ? neg(pow(a, 2)) : undefined)],
    ['a / (a - a) = a', div(a, sub(a, a)), (y) => (y.primitive === 'div' ? a : undefined)],
  ])('%s is found', (text, y, apply) => {
    expect(() => certify(quotients(y), direct())).not.toThrow();
    expect(() => certify(quotients(y), direct(), { passes: [rewrites('wrong', [{ text, apply }])] })).toThrow(CertificateError);
  });

  test.each<readonly [string, Tensor, (y: Tensor) => Tensor | undefined]>([
    ['a / b = a * (1 / b)', sum(div(a, b)), (y) => (y.primitive === 'div' && y.inputs[0] === a ? mul(a, div(1, b)) : undefined)],
    ['a / b + b / a = (a a + b b) / (a b)', add(div(a, b), div(b, a)), (y) => (y.primitive === 'add' ? div(add(mul(a, a), mul(b, b)), mul(a, b)) : undefined)],
    ['a ^ -2 = 1 / a / a', pow(a, -2), (y) => (y.primitive === 'pow' ? div(div(1, a), a) : undefined)],
  ])('%s is a law', (text, y, apply) => {
    expect(() => certify(quotients(y), direct(), { passes: [rewrites('right', [{ text, apply }])] })).not.toThrow();
  });
});

test('what unknown functions are asked counts: N questions take a part of N^2 of the certainty away', () => {
  const of = (count: number): ReturnType<typeof certify> => {
    const x = input('x', [count]);
    return certify({ inputs: { x }, outputs: { y: exp(x) } }, direct());
  };
  expect(of(3)).toMatchObject({ questions: 3, degree: 1, points: 2 });
  expect(of(40)).toMatchObject({ questions: 40, degree: 1, points: 2 });
  expect(of(40).errorProbability / of(4).errorProbability).toBeCloseTo((20 * 41 + 41) / (2 * 5 + 5));
  expect(of(40).errorProbability).toBeGreaterThan((40 * 39 * 2) / 2 ** 122);
  expect(of(400).errorProbability).toBeLessThan(2 ** -50);
});

test('infinite literals are themselves alone', () => {
  const x = state('x', [[2], [-2], [3]]);
  expect(() => certify({ outputs: { ones: constant([-1, 1]), most: reduceMax(x, { axes: 1 }), least: reduceMin(x, { axes: 1 }) } }, direct())).not.toThrow();
});

test('0 by any divisor is the number 0, of which functions are known: a divisor moves behind a border', () => {
  const v = input('v', [1, 1, 1, 6]);
  const halved = conv2d(div(v, 2), [[[[0, 1]]]], { strides: 2, padding: [[0, 0], [1, 1]] });
  expect(() => certify({ inputs: { v }, outputs: { y: abs(halved) } }, direct())).not.toThrow();
});

test('literals that cancel are what they are beside what they were made of', () => {
  const c = mul(add(constant([0.1, 0.7, 0.3]), 0.2), 3);
  const rest = sub(c, mean(c));
  expect(() => certify({ outputs: { y: sum(rest), logarithm: log(add(mul(rest, 0), 1)) } }, direct())).not.toThrow();
});

test('a branch that is taken wrongly is found at every seed: choices are no polynomials and are not left to chance', () => {
  const x = input('x', [1]);
  const spec = { inputs: { x }, outputs: { y: relu(x), m: max(x, 1) } };
  for (const law of [
    { text: 'select(c, x, y) = x', apply: (y: Tensor) => (y.primitive === 'select' ? y.inputs[1] : undefined) },
    { text: 'select(c, x, y) = y', apply: (y: Tensor) => (y.primitive === 'select' ? y.inputs[2] : undefined) },
    { text: 'max(x, y) = x', apply: (y: Tensor) => (y.primitive === 'max' ? y.inputs[0] : undefined) },
    { text: 'max(x, y) = y', apply: (y: Tensor) => (y.primitive === 'max' ? y.inputs[1] : undefined) },
  ])
    for (let seed = 0; seed < 50; seed++) expect(() => certify(spec, direct(), { seed, passes: [rewrites('wrong', [law])] })).toThrow(CertificateError);
});

describe('a loop nest that computes something else is found', () => {
  const moved = (by: (index: Integer) => Integer): ((statement: Statement) => Statement) => {
    let done = false;
    return (statement) => {
      if (done || statement.kind !== 'store') return statement;
      done = true;
      return { ...statement, index: by(statement.index) };
    };
  };
  test.each<readonly [string, (statement: Statement) => Statement]>([
    ['a store elsewhere', moved((index) => floorDivide(index, 2))],
    ['a reduction that stops early', (statement) => (statement.kind === 'loop' && statement.role === 'reduce' && typeof statement.extent === 'number' ? { ...statement, extent: statement.extent - 1 } : statement)],
    ['a loop that stops early', (statement) => (statement.kind === 'loop' && statement.role === 'parallel' && typeof statement.extent === 'number' ? { ...statement, extent: statement.extent - 1 } : statement)],
    ['a sum that begins elsewhere', (statement) => (statement.kind === 'accumulator' ? { ...statement, initial: 1 } : statement)],
    ['a term twice', (statement) => (statement.kind === 'loop' && statement.role === 'reduce' ? { ...statement, body: [...statement.body, ...statement.body] } : statement)],
    ['a maximum in place of a sum', (statement) => (statement.kind === 'accumulate' ? { ...statement, operator: statement.operator === 'add' ? 'max' : 'add' } : statement)],
  ])('%s', (_, change) => {
    expect(() => certify(network(), direct(), { lower: (graph, machine) => changed(lowerProgram(graph, machine), change) })).toThrow(/certify: loops, the result|is read before it is written/);
  });

  test('a schedule that is carried out wrongly is another stage', () => {
    const forgetful = (graph: Parameters<typeof lowerProgram>[0], machine: Parameters<typeof lowerProgram>[1]): Program => {
      const program = lowerProgram(graph, machine);
      return { ...program, buffers: program.buffers.map((buffer) => (buffer.role === 'constant' ? { ...buffer, data: (buffer.data ?? new Float64Array()).map((value) => value + 1) } : buffer)) };
    };
    expect(() => certify(bordered(9, 11), direct(), { lower: forgetful })).toThrow('certify: loops');
  });
});

test('sizes that no small number fits are asked for, and numbers that are given are taken', () => {
  const x = input('x', ['H']);
  const spec = { inputs: { x }, outputs: { y: slice(x, { start: [100] }) } };
  expect(() => certify(spec, direct())).toThrow('certify: no small numbers were found that fit the sizes H\n  give some as bindings');
  expect(certify(spec, direct(), { bindings: [new Map([['H', 103]])] }).elements).toBe(3);
});
