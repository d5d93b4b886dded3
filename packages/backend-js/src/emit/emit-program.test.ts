import { compile, programFor, type ProgramSpec } from '@xcorr/compiler';
import { add, corr2d, grad, input, mul, state, sum } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layer, learningStep, network, sobel } from '../../testing/programs.ts';
import { seeded } from '../../testing/seeded.ts';
import { js } from '../index.ts';
import { emitProgram } from './emit-program.ts';

function emitted(spec: ProgramSpec): string {
  return emitProgram(programFor(spec, js()));
}

describe('the source, as a person reads it', () => {
  test("the chapter's step is one function: residual, loss, gradient and update", async () => {
    const source = emitted(learningStep());
    expect(source.match(/^function /gm)).toHaveLength(1);
    await expect(source).toMatchFileSnapshot('__golden__/learning-step.txt');
  });

  test('a kernel that is known: its taps are literals, 1 and -1 need no product, 0 leaves nothing', async () => {
    const source = emitted(sobel(12, 16));
    expect(source).not.toMatch(/\* \(?-?1\b/);
    expect(source).not.toMatch(/\b0 \*|\* 0\b|\+= 0;/);
    await expect(source).toMatchFileSnapshot('__golden__/sobel.txt');
  });

  test('a picture of any size: the sizes are parameters', async () => {
    const photo = input('photo', ['H', 'W']);
    await expect(emitted({ inputs: { photo }, outputs: { edges: corr2d(photo, [[1, -1]]) } })).toMatchFileSnapshot('__golden__/edges-of-any-size.txt');
  });

  test('a padded layer: loops are split where a border begins, so that only elements there ask where they are, taps in locals, bias and positive part where the sum is', async () => {
    const source = emitted(layer());
    const asking = source.split('\n').filter((line) => line.includes('>= 0'));
    expect(asking.length).toBeGreaterThan(0);
    for (const line of asking) expect(line).toMatch(/_(low|high)\b/);
    await expect(source).toMatchFileSnapshot('__golden__/layer.txt');
  });
});

describe('emission is pure', () => {
  test.each([
    ['the chapter\'s step', learningStep],
    ['Sobel', () => sobel('H', 'W')],
    ['a layer', layer],
    ['a network', network],
  ] as const)('%s: one program gives one text, and equal graphs made apart give the same', (_, spec) => {
    const program = programFor(spec(), js());
    const before = structuredClone(program);
    expect(emitProgram(program)).toBe(emitProgram(program));
    expect(program).toEqual(before);
    expect(emitted(spec())).toBe(emitProgram(program));
  });

  test('what was made before does not show: constants that two graphs share stand in no other order', () => {
    const build = (): ProgramSpec => {
      const x = input('x', [40]);
      const total = sum(mul(x, x));
      const known = sum([1, 2, 3, 5, 8]);
      return { inputs: { x }, outputs: { both: add(total, known), scaled: mul(x, known) } };
    };
    expect(emitted(build())).toBe(emitted(build()));
  });
});

/** A program in which each kind of name from outside occurs. */
function named(input1: string, size: string, state1: string, output: string): ProgramSpec {
  const x = input(input1, [size]);
  const w = state(state1, 2);
  const [dw] = grad(sum(mul(x, w)), [w]);
  return { inputs: Object.fromEntries([[input1, x]]), state: Object.fromEntries([[state1, w]]), outputs: Object.fromEntries([[output, mul(x, w)]]), updates: [[w, add(w, dw)]] };
}

describe('names from outside', () => {
  const hostile = ['evil;b}', 'evil"', "evil'", 'evil`${evil}`', 'evil\n', 'evil\u2028', 'evil*/', '//evil', 'evil\\', '__proto__', 'constructor', 'hasOwnProperty'];

  test.each(hostile)('%j reaches no source, and the program works', (name) => {
    const spec = named(name, `${name} `, `${name}  `, name);
    expect(emitted(spec)).not.toMatch(/evil|__proto__|constructor|hasOwnProperty/);
    const executable = compile(spec, js());
    const { [name]: first } = executable.run(Object.fromEntries([[name, [1, 2, 3]]]));
    const { [name]: second } = executable.run(Object.fromEntries([[name, [1]]]));
    expect(first?.toNested()).toEqual([2, 4, 6]);
    expect(second?.toNested()).toEqual([8]);
    expect(Object.keys(executable.state)).toEqual([`${name}  `]);
    expect(executable.state[`${name}  `]?.item()).toBe(9);
  });

  test('as size, state, input and output in turn', () => {
    for (const name of hostile) {
      const { artifact, run, state: states } = compile(named('x', 'n', name, 'y'), js());
      expect(artifact.code).not.toMatch(/evil|__proto__|constructor/);
      expect(run({ x: [4] })['y']?.toNested()).toEqual([8]);
      expect(states[name]?.item()).toBe(6);
      expect(compile(named('x', name, 'w', 'y'), js()).run({ x: [4, 5] })['y']?.toNested()).toEqual([8, 10]);
    }
  });

  test('whatever they are, the source is the same', () => {
    const plain = emitted(named('x', 'n', 'w', 'y'));
    const name = fc.string({ minLength: 1, unit: 'binary' });
    fc.assert(
      fc.property(name, name, name, name, (x, size, w, y) => {
        fc.pre(x !== w);
        expect(emitted(named(x, size, w, y))).toBe(plain);
      }),
      seeded(200),
    );
  });
});
