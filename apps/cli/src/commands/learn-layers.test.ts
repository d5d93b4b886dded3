import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, constant, corr2d, evaluate, relu, type NdArray, type Tensor } from '@xcorr/graph';
import { kernels, type Kernel } from '@xcorr/image';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { missingShare } from '../learn/learn-layers.ts';
import { optimiserNames } from '../learn/optimisers.ts';
import { smallPhotograph } from '../testing/pairs.ts';
import { recorded } from '../testing/recorded.ts';

// Some of these take their time on a machine with other work.
vi.setConfig({ testTimeout: 120_000 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-layers-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** 64 x 64 elements of the photograph, as a file. */
async function photograph(): Promise<string> {
  const { values } = await smallPhotograph();
  return json('x.json', values.toNested());
}

function json(name: string, value: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(value));
  return join(folder, name);
}

const learn = (...argv: readonly string[]): ReturnType<typeof recorded> => recorded(['learn', ...argv]);
const taught = ['--kernel', 'sobel-x', '--then', 'gaussian-3', '--whiten', '--seed', '1'];

interface Result {
  readonly kernel?: Kernel;
  readonly layers: readonly { readonly kernels: readonly Kernel[]; readonly truth?: Kernel }[];
  readonly loss: readonly number[];
  readonly missing: { readonly target: number; readonly other?: number };
}

function isResult(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && 'layers' in value && 'loss' in value && 'missing' in value;
}

function resultIn(text: string): Result {
  const value: unknown = JSON.parse(text);
  if (!isResult(value)) throw new TypeError(text);
  return value;
}

/** What the layers make of an image, channel by channel. */
function made(image: NdArray, { layers: [first, second] }: Result, between: (x: Tensor) => Tensor): NdArray {
  const channels = (first?.kernels ?? []).map((kernel, channel) => corr2d(between(corr2d(constant(image), kernel)), second?.kernels[channel] ?? [[0]]));
  return evaluate(channels.reduce((sum, each) => add(sum, each)));
}

describe('with nothing between them two layers are one kernel', () => {
  test('which is the true one: it is shown with both layers, the difference and the steps', async () => {
    const { status, stdout, stderr } = await learn(...taught, '--input', await photograph(), '--optimiser', 'nesterov', '--steps', '150');
    expect([status, stderr]).toEqual([0, '']);
    const words = stdout.split('\n').map((line) => line.slice(0, 10).trim()).filter((word) => word !== '');
    expect(words).toEqual(['input', 'target', 'steps', 'loss', 'layers', 'true 1', 'layer 1', 'true 2', 'layer 2', 'together', 'true', 'learned', 'off by', 'truth', 'best fit', 'explains', 'ran on', 'time']);
    expect(stdout).toMatch(/^target +the response of \S+ to sobel-x, gaussian-3, \[60, 60\], padding valid$/m);
    expect(stdout).toMatch(/^layers +4 kernels of 3 x 3, nothing between, 4 kernels of 3 x 3$/m);
    expect(stdout).toMatch(/^truth +\S+ away, within 1e-4 after \d+ steps\nbest fit +\S+ away, within 1e-3 after \d+ steps\nexplains +all but \S+ of the power of the target\n +all but \S+ of the response of another part of the photograph/m);
    expect(stdout).not.toMatch(/ $/m);
  });

  test('and with noise that of least squares, and not the truth', async () => {
    const { stdout } = await learn(...taught, '--input', await photograph(), '--noise', '0.02', '--optimiser', 'nesterov', '--steps', '150');
    expect(stdout).toMatch(/^truth +\S+ away, not within 1e-4\nbest fit +\S+ away, within 1e-3 after \d+ steps$/m);
    expect(stdout).not.toContain('nearer');
    expect(stdout).toMatch(/of the power of the target, noise included\n.* without noise: it was not learned from$/m);
  });

  test('where there were too few steps, it is said what helps', async () => {
    expect((await learn('--kernel', 'sobel-x', '--then', 'gaussian-3', '--input', await photograph(), '--steps', '5')).stdout).toMatch(/^nearer +more --steps, or --whiten, would bring it there$/m);
  });

  test('the file has both layers and the one kernel, as they are correlated, and is read as that kernel', async () => {
    const x = await photograph();
    const argv = [...taught, '--input', x, '--steps', '40', '--channels', '2'];
    await learn(...argv, '-o', join(folder, 'k.json'), '--curve', join(folder, 'curve.csv'));
    const text = readFileSync(join(folder, 'k.json'), 'utf8');
    const result = resultIn(text);
    expect(result.layers.map(({ kernels: all, truth }) => [all.length, truth])).toEqual([[2, kernels['sobel-x']], [2, kernels['gaussian-3']]]);
    expect(JSON.parse(text)).toMatchObject({ channels: 2, steps: 40, optimiser: 'momentum', whiten: true, padding: 'valid' });
    const { values } = await smallPhotograph();
    const byLayers = made(values, result, (between) => between);
    expect(missingShare(evaluate(corr2d(constant(values), result.kernel ?? [[0]])), byLayers)).toBeLessThan(1e-10);
    expect(readFileSync(join(folder, 'curve.csv'), 'utf8').split('\n').length).toBe(43);
    // A start from it, for one kernel: the same loss as the layers had at last.
    const again: unknown = JSON.parse((await learn('--input', x, '--target', json('y.json', byLayers.toNested()), '--kernel', '5x5', '--init', join(folder, 'k.json'), '--steps', '1', '--json')).stdout);
    expect(again).toMatchObject({ loss: [expect.closeTo(0, 10), expect.closeTo(0, 10)] });
    expect((await learn(...argv, '--json')).stdout).toBe(text);
    expect((await learn(...argv, '--seed', '2', '--json')).stdout).not.toBe(text);
  });

  test('from a pair of images, by the sizes of the layers', async () => {
    const { values } = await smallPhotograph();
    const target = evaluate(corr2d(corr2d(constant(values), kernels['sobel-x']), kernels['gaussian-3']));
    const { stdout } = await learn('--input', await photograph(), '--target', json('y.json', target.toNested()), '--kernel', '3x3', '--then', '3x3', '--whiten', '--seed', '1', '--optimiser', 'nesterov', '--steps', '150');
    expect(stdout).toMatch(/^best fit +\S+ away, within 1e-3 after \d+ steps\nexplains +all but \S+ of the power of the target$/m);
    expect(stdout).not.toMatch(/^(true|truth|off by)/m);
  });

  test('every optimiser in turn: a line for each', async () => {
    const { stdout } = await learn(...taught, '--input', await photograph(), '--steps', '30', '--optimiser', 'all');
    const table = stdout.trimEnd().split('\n').slice(3).map((line) => line.split(/ {2,}/));
    expect(table[0]).toEqual(['optimiser', 'to 1e-4 of true', 'away', 'to 1e-3 of best fit', 'away', 'missing of another picture', 'rates']);
    expect(table.slice(1, 7).map(([name, , away, , , missing]) => [name, Number(away) > 0, Number(missing) > 0])).toEqual(optimiserNames.map((name) => [name, true, true]));
  });
});

describe('with an activation between them they are judged by a picture that they did not learn from', () => {
  test.each([0, 0.02])('noise %s', async (noise) => {
    const argv = ['--kernel', 'sobel-x', '--then', 'gaussian-3', '--activation', 'relu', '--input', await photograph(), '--optimiser', 'adam', '--seed', '1', '--json', ...(noise === 0 ? [] : ['--noise', String(noise)])];
    const result = resultIn((await learn(...argv)).stdout);
    expect(result.kernel).toBeUndefined();
    expect(result.missing.other).toBeLessThan(1e-3);
    // Of the target, noise is missing, which nobody can explain.
    if (noise > 0) expect(result.missing.target).toBeGreaterThan(0.001);
  });

  test('and what is said of that is what the kernels in the file make of it', async () => {
    const { values } = await smallPhotograph();
    const x = await photograph();
    const result = resultIn((await learn(...taught, '--input', x, '--activation', 'relu', '--steps', '20', '--json')).stdout);
    const target = evaluate(corr2d(relu(corr2d(constant(values), kernels['sobel-x'])), kernels['gaussian-3']));
    expect(result.missing.target / missingShare(made(values, result, relu), target)).toBeCloseTo(1, 4);
    const { stdout } = await learn(...taught, '--input', x, '--activation', 'relu', '--steps', '20');
    expect(stdout).toMatch(/^layers +4 kernels of 3 x 3, relu, 4 kernels of 3 x 3$/m);
    expect(stdout).toMatch(/^ +nothing \(the error has \S+ times the power\) of the response of another part/m);
    expect(stdout).toMatch(/^nearer +more --steps, or another --optimiser or --seed, may explain more$/m);
    expect(stdout).not.toMatch(/^(together|truth|best fit)/m);
  });
});

describe('what cannot be used is said in one message', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['a size and a kernel', ['--kernel', 'sobel-x', '--then', '3x3'], '--then is a size, and --kernel a kernel that makes the target\n  give two sizes and a --target, or two kernels'],
    ['a kernel and a size', ['--kernel', '3x3', '--then', 'sobel-x'], '--kernel is a size, and --then a kernel that makes the target\n  give two sizes and a --target, or two kernels'],
    ['two sizes and no target', ['--kernel', '3x3', '--then', '5x5'], '--kernel 3x3 and --then 5x5 are sizes, and there is no --target to learn from\n  give one, or a kernel whose response is the target, such as --kernel sobel-x'],
    ['two kernels and a target', ['--kernel', 'sobel-x', '--then', 'box-3', '--target', 'y.json'], '--kernel sobel-x and --then box-3 make the target, and --target is given too\n  leave one of the two out; to learn layers from the target, give their sizes, such as --kernel 3x3 --then 3x3'],
    ['an activation of one kernel', ['--kernel', 'sobel-x', '--activation', 'relu'], '--activation is for two layers, and one kernel is learned\n  leave it out, or give the second layer with --then, such as --then 3x3'],
    ['channels of one kernel', ['--kernel', 'sobel-x', '--channels', '2'], '--channels is for two layers, and one kernel is learned\n  leave it out, or give the second layer with --then, such as --then 3x3'],
    ['a bias', [...taught, '--bias'], '--then with --bias: two layers are learned without a bias\n  leave out --bias or --then'],
    ['a strict convolution', [...taught, '--convolve'], '--then with --convolve: two layers correlate\n  leave out --convolve or --then'],
    ['a start from zeros', [...taught, '--init', 'zeros'], '--then with --init zeros: two layers start from uniform taps (from zeros there is no way down: each layer gets its gradient through the other)\n  leave out --init or --then'],
    ['zeros beyond the border', [...taught, '--padding', 'same'], '--then with --padding same: two layers see nothing beyond the border\n  leave out --padding or --then'],
    ['a momentum for adam', [...taught, '--optimiser', 'adam', '--momentum', '0.5'], '--momentum is for --optimiser momentum and nesterov, and adam has none\n  leave one of the two out'],
    ['no channels', [...taught, '--channels', '0'], "option '--channels <n>' argument '0' is invalid. Give a whole number from 1 to 64.\n(xcorr learn --help says more)"],
    ['a rate that is too large', [...taught, '--lr', '1000', '--steps', '20'], expect.stringMatching(/^the loss is not finite after step \d+: with the learning rate 1000 the steps go too far\n {2}try a smaller one, such as --lr \S+$/)],
  ];
  test.each(cases)('%s', async (_, argv, message) => {
    const { status, stdout, stderr } = await learn(...argv);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.replace(/^xcorr: /, '').trimEnd()).toEqual(message);
  });

  test('images that are too small for both, and a kernel with a bias', async () => {
    const small = json('small.json', [[1, 2, 3], [4, 5, 7], [7, 8, 1]]);
    expect((await learn(...taught, '--input', small)).stderr).toBe(`xcorr: --kernel sobel-x --then gaussian-3: together they see 5 x 5 elements, and ${small} has [3, 3]\n  give a larger input\n`);
    const biased = json('biased.json', { kernel: [[1]], bias: 2 });
    expect((await learn('--kernel', 'sobel-x', '--then', biased)).stderr).toBe(`xcorr: --then ${biased}: a kernel with the bias 2, and two layers are learned without one\n  give a kernel without a bias\n`);
  });
});
