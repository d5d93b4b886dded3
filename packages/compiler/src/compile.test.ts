import { add, corr2d, evaluate, FeedError, input, mul, NdArray, slice, sqrt, square, state, sub, sum, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct, directLater } from '../testing/direct.ts';
import { pseudoRandom } from '../testing/seeded.ts';
import { compile } from './compile.ts';

const sobelAcross = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]];
const sobelDown = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]];

describe('running', () => {
  test('feeds are lists, arrays with a shape, or plain arrays in row-major order', () => {
    const x = input('x', [2, 2]);
    const { run } = compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, direct());
    for (const fed of [[[1, 2], [3, 4]], new NdArray([2, 2], Float32Array.of(1, 2, 3, 4)), Float32Array.of(1, 2, 3, 4), Uint8Array.of(1, 2, 3, 4)])
      expect(run({ x: fed }).y.toNested()).toEqual([[2, 4], [6, 8]]);
  });

  test('a program without inputs runs on nothing', () => {
    expect(compile({ outputs: { y: add([1, 2], 3) } }, direct()).run({}).y.toNested()).toEqual([4, 5]);
  });

  test('an input that nothing uses is fed all the same', () => {
    const [x, unused] = [input('x', [1]), input('unused', [1])];
    expect(compile({ inputs: { x, unused }, outputs: { y: x } }, direct()).run({ x: [7], unused: [8] }).y.toNested()).toEqual([7]);
  });

  test('results belong to the caller: the next run leaves them alone, and what is done to them reaches nothing', () => {
    const x = input('x', [2]);
    const K = state('K', [1, 1]);
    const program = compile({ inputs: { x }, state: { K }, outputs: { y: mul(x, K), K }, updates: [[K, add(K, 1)]] }, direct());
    const fed = Float32Array.of(1, 2);
    const first = program.run({ x: fed });
    const second = program.run({ x: fed });
    expect([first.y.toNested(), second.y.toNested()]).toEqual([[1, 2], [2, 4]]);
    first.K.data.fill(99);
    second.y.data.fill(99);
    program.state.K.data.fill(99);
    expect(program.state.K.toNested()).toEqual([3, 3]);
    expect([...fed]).toEqual([1, 2]);
  });

  test('a result is fed back', () => {
    const x = input('x', [3]);
    const { run } = compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, direct());
    let fed = new NdArray([3], Float32Array.of(1, 2, 3));
    for (let time = 0; time < 4; time++) fed = run({ x: fed }).y;
    expect(fed.toNested()).toEqual([16, 32, 48]);
  });
});

describe('states', () => {
  test('two states exchange their values in one update', () => {
    const [A, B] = [state('A', [1, 2]), state('B', [3, 4])];
    const program = compile({ state: { A, B }, outputs: { difference: sub(A, B) }, updates: [[A, B], [B, A]] }, direct());
    expect(program.run({}).difference.toNested()).toEqual([-2, -2]);
    expect([program.state.A.toNested(), program.state.B.toNested()]).toEqual([[3, 4], [1, 2]]);
    expect(program.run({}).difference.toNested()).toEqual([2, 2]);
    expect([program.state.A.toNested(), program.state.B.toNested()]).toEqual([[1, 2], [3, 4]]);
  });

  test('outputs see the states as they were before the run', () => {
    const count = state('count', 0);
    const program = compile({ state: { count }, outputs: { count, next: add(count, 1) }, updates: [[count, add(count, 1)]] }, direct());
    expect([program.run({}).count.item(), program.run({}).next.item(), program.state.count.item()]).toEqual([0, 2, 2]);
  });

  test('a state that is not listed is kept and updated too', () => {
    const count = state('count', 5);
    const { run } = compile({ outputs: { count }, updates: [[count, add(count, 1)]] }, direct());
    expect([run({}).count.item(), run({}).count.item()]).toEqual([5, 6]);
  });

  test('two programs of one graph have states of their own', () => {
    const count = state('count', 0);
    const spec = { state: { count }, outputs: {}, updates: [[count, add(count, 1)]] } as const;
    const [first, second] = [compile(spec, direct()), compile(spec, direct())];
    first.run({});
    expect([first.state.count.item(), second.state.count.item()]).toEqual([1, 0]);
  });

  test('a run that throws leaves them as they were', () => {
    const [x, y] = [input('x', ['n']), input('y', ['n'])];
    const total = state('total', 0);
    const program = compile({ inputs: { x, y }, state: { total }, outputs: {}, updates: [[total, add(total, sum(mul(x, y)))]] }, direct());
    program.run({ x: [1, 2], y: [3, 4] });
    // @ts-expect-error -- y is not fed
    expect(() => program.run({ x: [1, 2] })).toThrow(FeedError);
    expect(() => program.run({ x: [1, 2], y: [1, 2, 3] })).toThrow(FeedError);
    expect(() => program.run({ x: [1, 2], y: [1, Number.NaN] })).toThrow();
    expect(program.state.total.item()).toBe(11);
  });
});

describe('feeds that are refused, word for word', () => {
  const photo = input('photo', [2, 3]);
  const kernel = input('kernel', [1, 2]);
  const { run } = compile({ inputs: { photo, kernel }, outputs: { y: corr2d(photo, kernel) } }, direct());
  const fed = { photo: [[1, 2, 3], [4, 5, 6]], kernel: [[1, -1]] };

  test.each<readonly [string, Record<string, unknown>, string]>([
    ['a missing one', { photo: fed.photo }, 'run: the input "kernel" is not fed\n  give its value: run({ "kernel": … })'],
    ['a misspelt one', { ...fed, foto: fed.photo }, 'run: there is no input "foto"; did you mean "photo"?'],
    ['one in other letters', { ...fed, KERNEL: fed.kernel }, 'run: there is no input "KERNEL"; did you mean "kernel"?'],
    ['an unknown one', { ...fed, weights: 1 }, 'run: there is no input "weights"; the program\'s inputs are "photo", "kernel"'],
    ['a wrong shape', { ...fed, kernel: [1, -1] }, 'feed "kernel": the value has the shape [2], the input has [1, 2]\n  give a value of the input\'s shape'],
    [
      'an array of another length',
      { ...fed, photo: new Float32Array(5) },
      'feed "photo": the array has 5 elements, the input [2, 3] has 6\n  give one number for each element, in row-major order',
    ],
    ['digits that would be lost', { ...fed, kernel: Float64Array.of(1, -1) }, "feed \"kernel\": float64 values for an input of float32 would lose digits\n  convert them, or make the input with { dtype: 'float64' }"],
    ['what is no value', { ...fed, kernel: 'sobel' }, 'feed "kernel": nested lists, an NdArray or a typed array are expected, not a value of type string'],
  ])('%s', (_, feeds, message) => {
    // @ts-expect-error -- the types refuse these too
    expect(() => run(feeds)).toThrow(new FeedError(message));
  });

  test('of a program without inputs', () => {
    expect(() => compile({ outputs: { y: add(1, 2) } }, direct()).run({ x: 1 })).toThrow(new FeedError('run: there is no input "x"; the program\'s inputs are none'));
  });
});

describe('any size', () => {
  test('one Sobel, compiled once, is right on 50 pictures of 50 sizes', () => {
    let loaded = 0;
    const counting = { ...direct(), load: (...given: Parameters<ReturnType<typeof direct>['load']>) => (loaded++, direct().load(...given)) };
    const edgesOf = (picture: Tensor): Tensor => sqrt(add(square(corr2d(picture, sobelAcross)), square(corr2d(picture, sobelDown))));
    const photo = input('photo', ['H', 'W']);
    const edges = compile({ inputs: { photo }, outputs: { y: edgesOf(photo) } }, counting);
    for (let count = 0; count < 50; count++) {
      const [height, width] = [3 + (count % 7), 3 + ((5 * count) % 13)];
      const fed = new NdArray([height, width], Float32Array.from(pseudoRandom(height * width, count)));
      const want = evaluate(edgesOf(input('photo', [height, width])), { photo: fed });
      const { y } = edges.run({ photo: fed });
      expect(y.shape).toEqual(want.shape);
      y.data.forEach((value, index) => expect(Math.abs(value - (want.data[index] ?? Number.NaN))).toBeLessThanOrEqual(1e-6 * (1 + value)));
    }
    expect(loaded).toBe(1);
  });

  test('what does not fit any more for the sizes of a run is an error, not a wrong number', () => {
    const x = input('x', ['n']);
    const { run } = compile({ inputs: { x }, outputs: { y: slice(x, { start: [2], stop: [4] }) } }, direct());
    expect(run({ x: [1, 2, 3, 4] }).y.toNested()).toEqual([3, 4]);
    expect(() => run({ x: [1, 2, 3] })).toThrow('slice: axis 0 is taken from 2 to 4 and has 3 elements, where n = 3');
    const narrow = compile({ inputs: { x }, outputs: { y: sum(corr2d(mul([[1], [1]], x), [[1, 2, 3]])) } }, direct());
    expect(() => narrow.run({ x: [1, 2] })).toThrow('axis 3 has n - 2 = 0 elements, where n = 2');
  });

  test('one name stands for one number', () => {
    const [a, b] = [input('a', ['n']), input('b', ['n'])];
    const { run } = compile({ inputs: { a, b }, outputs: { y: add(a, b) } }, direct());
    expect(() => run({ a: [1, 2], b: [1, 2, 3] })).toThrow('the size n is 2 in "a" (axis 0) and 3 in "b" (axis 0)\n  one name stands for one number in a run');
  });
});

describe('an asynchronous backend', () => {
  const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 1));

  test('overlapping runs are queued: each sees what the one before it left', async () => {
    const x = input('x', []);
    const total = state('total', 0);
    const program = await compile({ inputs: { x }, state: { total }, outputs: { total }, updates: [[total, add(total, x)]] }, directLater(pause));
    const runs = [1, 2, 3, 4].map((value) => program.run({ x: value }));
    expect((await program.state.total).item()).toBe(10);
    expect((await Promise.all(runs)).map(({ total: before }) => before.item())).toEqual([0, 1, 3, 6]);
    expect(program.ranOn).toBe('direct');
  });

  test('a run that fails rejects, and those behind it go on', async () => {
    const x = input('x', [2]);
    const program = await compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, directLater(pause));
    const wrong = program.run({ x: [1, 2, 3] });
    const right = program.run({ x: [1, 2] });
    await expect(wrong).rejects.toThrow(FeedError);
    expect((await right).y.toNested()).toEqual([2, 4]);
  });
});
