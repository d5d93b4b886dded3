import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { book } from '@xcorr/golden';
import { constant, corr2d, evaluate, type NdArray } from '@xcorr/graph';
import { kernels, type Kernel } from '@xcorr/image';
import { encodePicture, readPicture } from '@xcorr/image/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { optimiserNames } from '../learn/optimisers.ts';
import { photograph } from '../photograph.ts';
import { recorded, type Recorded, type Surroundings } from '../testing/recorded.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-learn-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => join(folder, name);

function json(name: string, value: unknown): string {
  writeFileSync(inFolder(name), JSON.stringify(value));
  return inFolder(name);
}

async function learn(argv: readonly string[], surroundings: Surroundings = {}): Promise<Recorded> {
  const result = await recorded(['learn', ...argv], surroundings);
  return { ...result, stdout: result.stdout.replaceAll(folder, 'FOLDER'), stderr: result.stderr.replaceAll(folder, 'FOLDER') };
}

/** The chapter's image and its edges. */
const chapterPair = (): readonly string[] => ['--input', json('x.json', book.edge.x), '--target', json('y.json', book.edge.y)];

interface Result {
  readonly kernel: Kernel;
  readonly loss: readonly number[];
}

function isResult(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && 'kernel' in value && 'loss' in value && Array.isArray(value.kernel) && Array.isArray(value.loss);
}

function resultIn(text: string): Result {
  const value: unknown = JSON.parse(text);
  if (!isResult(value)) throw new TypeError(text);
  return value;
}

function farthest(kernel: Kernel, from: Kernel): number {
  return Math.max(...kernel.flatMap((row, u) => row.map((tap, v) => Math.abs(tap - (from[u]?.[v] ?? Number.NaN)))));
}

describe('the chapter', () => {
  test.each(optimiserNames)('from the image and its edges alone %s finds [1, -1]', async (optimiser) => {
    const { status, stdout, stderr } = await learn([...chapterPair(), '--kernel', '1x2', '--optimiser', optimiser, '--json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(farthest(resultIn(stdout).kernel, [[1, -1]])).toBeLessThan(1e-3);
  });

  test('with its own rate and start, the losses are those that the book prints', async () => {
    const [run] = book.learnKernel.runs;
    const { stdout } = await learn([...chapterPair(), '--kernel', '1x2', '--optimiser', 'sgd', '--lr', String(book.learnKernel.lr * 42), '--steps', '10', '--init', (run?.initialKernel ?? []).map((row) => row.join(',')).join(';'), '--json']);
    const { loss } = resultIn(stdout);
    // The book prints the sum over 42 elements before the second, fourth ... step.
    expect(run?.printedLosses.map((_, line) => ((loss[2 * line + 1] ?? 0) * 42).toFixed(3))).toEqual(run?.printedLosses);
  });

  test('what is said: what was read, how it was learned, how well, and what it resembles', async () => {
    const { stdout } = await learn([...chapterPair(), '--kernel', '1x2', '--bias', '-o', inFolder('kernel.json')]);
    expect(stdout.replaceAll(/\d+\.\d ms/g, 'TIME').replace(/loss .* at last/, 'loss FIRST at last').replace(/bias +\S+/, 'bias B')).toBe(
      [
        'input     FOLDER/x.json, [6, 8]',
        'target    FOLDER/y.json, [6, 7], padding valid',
        'steps     1000, momentum, learning rate 0.787, momentum 0.277',
        'loss FIRST at last (mean squared error)',
        'learned    1.0000 -1.0000',
        'bias B',
        'best fit  2.44e-15 away, within 1e-3 after 15 steps',
        'resembles book (cosine 1.0000)',
        'written   FOLDER/kernel.json',
        'ran on    js',
        'time      compiled in TIME, 1000 steps in TIME',
        '',
      ].join('\n'),
    );
  });
});

describe('a photograph', () => {
  /** A part of the photograph, as a grey picture, and what it is to become. */
  async function pair(become: (image: NdArray) => NdArray): Promise<readonly string[]> {
    const { width, data } = await readPicture(photograph);
    const part = Uint8Array.from({ length: 72 * 96 }, (_, index) => data[3 * ((180 + Math.floor(index / 96)) * width + 400 + (index % 96))] ?? 0);
    writeFileSync(inFolder('photo.png'), await encodePicture({ width: 96, height: 72, channels: 1, data: part }, 'png'));
    const values = Array.from({ length: 72 }, (_, i) => Array.from(part.subarray(i * 96, (i + 1) * 96), (byte) => byte / 255));
    return ['--input', inFolder('photo.png'), '--target', json('edges.json', become(evaluate(constant(values))).toNested()), '--kernel', '3x3'];
  }

  test('Sobel is learned from a photograph and its response, to less than 1e-3', async () => {
    const { stdout } = await learn([...(await pair((image) => evaluate(corr2d(constant(image), kernels['sobel-x'])))), '--json']);
    expect(farthest(resultIn(stdout).kernel, kernels['sobel-x'])).toBeLessThan(1e-3);
  });

  test('a target of the same size is learned with zeros beyond the border, and a bias too', async () => {
    const argv = await pair((image) => {
      const { shape, data } = evaluate(corr2d(constant(image), kernels['laplacian-4'], { padding: 'same' }));
      return evaluate(constant(Array.from({ length: shape[0] ?? 0 }, (_, i) => Array.from(data.subarray(i * 96, (i + 1) * 96), (value) => value + 0.25))));
    });
    const { stdout } = await learn([...argv, '--bias', '--steps', '2000', '--json']);
    expect(farthest(resultIn(stdout).kernel, kernels['laplacian-4'])).toBeLessThan(1e-2);
    expect(JSON.parse(stdout)).toMatchObject({ padding: 'same' });
    expect(JSON.parse(stdout)).toHaveProperty('bias', expect.closeTo(0.25, 2));
  });
});

describe('a kernel by name', () => {
  test('makes the target itself, of a part of the photograph, and is learned back: the steps are said', async () => {
    const { status, stdout } = await learn(['--kernel', 'sobel-x', '--whiten', '--steps', '60']);
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 2)).toEqual(['input     a part of the photograph, [128, 160]', 'target    the response of a part of the photograph to sobel-x, [126, 158], padding valid']);
    expect(lines.filter((line) => /^(true|learned|off by) /.test(line)).map((line) => line.slice(0, 17))).toEqual(['true      -1.0000', 'learned   -1.0000', expect.stringMatching(/^off by +-?\d/)]);
    const [, needed = ''] = /^truth +\S+ away, within 1e-4 after (\d+) steps$/m.exec(stdout) ?? [];
    expect(Number(needed)).toBeGreaterThan(3);
    expect(Number(needed)).toBeLessThan(20);
    expect(stdout).toMatch(/^best fit +\S+ away, within 1e-3 after \d+ steps$/m);
  });

  test('as pictures are, too, where nothing else is asked for', async () => {
    const { stdout } = await learn(['--kernel', 'gabor-7']);
    expect(stdout).toMatch(/^truth +\S+ away, within 1e-4 after \d+ steps$/m);
    expect(stdout).not.toContain('nearer');
  }, 60_000);

  test('where there were too few steps, it is said what helps', async () => {
    const few = ['--kernel', 'sobel-x', '--steps', '20'];
    expect((await learn(few)).stdout).toMatch(/^truth .*, not within 1e-4\nbest fit .*, not within 1e-3\nnearer +more --steps, or --whiten, would bring it there$/m);
    expect((await learn([...few, '--bias', '--noise', '0.1'])).stdout).toMatch(/^nearer +more --steps would bring it there$/m);
    expect((await learn([...few, '--optimiser', 'all'])).stdout).toMatch(/\nnever {5}not within 20 steps: more --steps, or --whiten, would bring them there\n$/);
    // With noise the truth is out of reach, and nothing helps.
    expect((await learn(['--kernel', 'sobel-x', '--whiten', '--steps', '60', '--noise', '0.1'])).stdout).not.toContain('nearer');
  });

  test('with noise, what comes of it is the best fit and not the truth; the same seed is the same noise', async () => {
    const argv = ['--kernel', 'sobel-x', '--whiten', '--steps', '60', '--noise', '0.05'];
    const { stdout } = await learn(argv);
    expect(stdout).toMatch(/^truth +\S+ away, not within 1e-4$/m);
    expect(stdout).toMatch(/^best fit +\S+ away, within 1e-3 after \d+ steps$/m);
    const of = async (seed: string): Promise<unknown> => Reflect.get(Object(JSON.parse((await learn([...argv, '--json', '--seed', seed, '--init', 'zeros'])).stdout)), 'leastSquares');
    expect(await of('1')).toEqual(await of('1'));
    expect(await of('1')).not.toEqual(await of('2'));
  });

  test('a strict convolution learns it flipped, and the file is read as what it does', async () => {
    const { stdout } = await learn(['--kernel', 'sobel-x', '--whiten', '--steps', '60', '--convolve', '-o', inFolder('k.json')]);
    expect(stdout).toMatch(/^true +1\.0000 +0\.0000 +-1\.0000$/m);
    expect(stdout).toMatch(/^resembles sobel-x, flipped \(cosine 1\.0000\)$/m);
    expect(farthest(resultIn(readFileSync(inFolder('k.json'), 'utf8')).kernel, [[1, 0, -1], [2, 0, -2], [1, 0, -1]])).toBeLessThan(1e-4);
    // A start that is read is what the layer does, so it is the solution for a layer of either kind.
    for (const kind of [[], ['--convolve']]) expect(resultIn((await learn(['--kernel', 'sobel-x', '--steps', '1', '--init', inFolder('k.json'), ...kind, '--json'])).stdout).loss[0]).toBeLessThan(1e-9);
  });

  test('every optimiser in turn: a line with its steps for each', async () => {
    const { stdout } = await learn(['--kernel', 'sobel-x', '--whiten', '--steps', '300', '--optimiser', 'all']);
    const table = stdout.trimEnd().split('\n').slice(3).map((line) => line.split(/ {2,}/));
    expect(table[0]).toEqual(['optimiser', 'to 1e-4 of true', 'away', 'to 1e-3 of best fit', 'away', 'rates']);
    expect(table.slice(1).map(([name]) => name)).toEqual(optimiserNames);
    for (const [, steps, away] of table.slice(1)) expect([Number(steps) > 0 && Number(steps) < 300, Number(away) <= 1e-4]).toEqual([true, true]);
  });
});

describe('what is written', () => {
  const few = ['--kernel', '1x2', '--steps', '5'];

  test('the file has the kernel, the losses and how it was learned', async () => {
    const { stdout } = await learn([...chapterPair(), ...few, '-o', inFolder('kernel.json')]);
    expect(stdout).toContain('written   FOLDER/kernel.json\n');
    const text = readFileSync(inFolder('kernel.json'), 'utf8');
    expect(text).toMatch(/^\{\n {2}"kernel": \[\n {4}\[-?\d\S*, -?\d\S*\]\n {2}\],\n {2}"leastSquares": \{.*\},\n {2}"loss": \[\S*\],\n/);
    const { kernel, loss } = resultIn(text);
    expect([kernel.length, kernel[0]?.length, loss.length]).toEqual([1, 2, 6]);
    // Among the seven windows of a row each tap sees three ones, two of them with the other: the curvatures are 2 (3 + 2) / 7 and 2 (3 - 2) / 7. So few steps have no momentum, and the rate is the inverse of the larger.
    expect(JSON.parse(text)).toHaveProperty('learningRate', expect.closeTo(7 / 10, 12));
    const rest = { steps: 5, momentum: 0, optimiser: 'momentum', init: 'uniform', seed: 0, padding: 'valid', input: inFolder('x.json'), target: inFolder('y.json'), ranOn: 'js' };
    expect(JSON.parse(text)).toMatchObject({ kernel, loss, ...rest });
  });

  test('the same seed gives the same bits, another seed others', async () => {
    const of = async (seed: string): Promise<string> => (await learn([...chapterPair(), ...few, '--seed', seed, '-o', '-'])).stdout;
    expect(await of('7')).toBe(await of('7'));
    expect(resultIn(await of('7')).kernel).not.toEqual(resultIn(await of('8')).kernel);
  });

  test('on standard output it is the same document, and nothing else', async () => {
    const argv = [...chapterPair(), ...few];
    await learn([...argv, '-o', inFolder('kernel.json')]);
    const file = readFileSync(inFolder('kernel.json'), 'utf8').replaceAll(folder, 'FOLDER');
    expect((await learn([...argv, '-o', '-'])).stdout).toBe(file);
    expect((await learn([...argv, '--json'])).stdout).toBe(file);
  });

  test('a start from what was learned goes on from there', async () => {
    await learn([...chapterPair(), '--kernel', '1x2', '-o', inFolder('kernel.json')]);
    const { loss } = resultIn((await learn([...chapterPair(), ...few, '--init', inFolder('kernel.json'), '--json'])).stdout);
    expect(loss[0]).toBeLessThan(1e-6);
  });

  test('a start with a bias goes on from it, and asks for one', async () => {
    const start = json('start.json', { kernel: [[1, -1]], bias: 0.5 });
    const [first] = resultIn((await learn([...chapterPair(), ...few, '--bias', '--init', start, '--json'])).stdout).loss;
    // The kernel is right already: what is wrong is the bias alone.
    expect(first).toBeCloseTo(0.25, 6);
    expect((await learn([...chapterPair(), ...few, '--init', start])).stderr).toBe(
      'xcorr: --init FOLDER/start.json: a kernel with the bias 0.5, and no bias is to be learned\n  add --bias, or start from a kernel without one\n',
    );
  });

  test('the curve is a table or a picture', async () => {
    await learn([...chapterPair(), ...few, '--curve', inFolder('curve.csv'), '-o', inFolder('kernel.json')]);
    const { loss } = resultIn(readFileSync(inFolder('kernel.json'), 'utf8'));
    expect(readFileSync(inFolder('curve.csv'), 'utf8')).toBe(`step,loss\n${loss.map((each, step) => `${step},${each}\n`).join('')}`);
    await learn([...chapterPair(), ...few, '--curve', inFolder('curve.SVG')]);
    expect(readFileSync(inFolder('curve.SVG'), 'utf8')).toMatch(/^<\?xml[^>]*\?>\n<svg [^]*<\/svg>\n$/);
  });

  test('a terminal shows how far it has come, and the line is taken away again', async () => {
    const { stderr } = await learn([...chapterPair(), ...few], { isTTY: true });
    expect(stderr).toMatch(/5\/5 {2}loss \d/);
    expect(stderr.endsWith('\r\u001B[K')).toBe(true);
  });
});

describe('what cannot be used is said in one message, and nothing is written', () => {
  const given = ['--input', 'x.json', '--target', 'y.json', '--kernel', '1x2'];
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['a kernel that does not fit', ['--input', 'x.json', '--target', 'y.json', '--kernel', '3x3'], 'xcorr: a 3 x 3 kernel does not lead from the input to a target of this size\n  input    [6, 8]  H W   FOLDER/x.json\n  target   [6, 7]  H W   FOLDER/y.json\n  a target of [4, 6] (valid) or [6, 8] (same) would fit; to this target leads a kernel of 1x2\n'],
    ['a kernel that is no size', ['--input', 'x.json', '--target', 'y.json', '--kernel', 'three'], 'xcorr: --kernel three makes the target, and --target is given too\n  leave one of the two out; to learn a kernel from the target, give its size, such as --kernel 3x3\n'],
    ['a kernel of no rows', ['--input', 'x.json', '--target', 'y.json', '--kernel', '0x3'], "xcorr: option '--kernel <size or kernel>' argument '0x3' is invalid. Give rows and columns, such as 3x3 or 1x2.\n(xcorr learn --help says more)\n"],
    ['a kernel that is too large', ['--input', 'x.json', '--target', 'y.json', '--kernel', '65x1'], "xcorr: option '--kernel <size or kernel>' argument '65x1' is invalid. At most 64 rows and 64 columns are learned.\n(xcorr learn --help says more)\n"],
    ['no steps', [...given, '--steps', '0'], "xcorr: option '--steps <n>' argument '0' is invalid. Give a whole number from 1 to 1000000.\n(xcorr learn --help says more)\n"],
    ['half a step', [...given, '--steps', '1.5'], "xcorr: option '--steps <n>' argument '1.5' is invalid. Give a whole number from 1 to 1000000.\n(xcorr learn --help says more)\n"],
    ['a negative rate', [...given, '--lr', '-1'], "xcorr: option '--lr <rate>' argument '-1' is invalid. Give a number above 0, such as 0.1.\n(xcorr learn --help says more)\n"],
    ['a rate that is no number', [...given, '--lr', '0x10'], "xcorr: option '--lr <rate>' argument '0x10' is invalid. Give a number above 0, such as 0.1.\n(xcorr learn --help says more)\n"],
    ['too much momentum', [...given, '--momentum', '1'], "xcorr: option '--momentum <share>' argument '1' is invalid. Give a number from 0 to below 1, such as 0.9.\n(xcorr learn --help says more)\n"],
    ['an unknown optimiser', [...given, '--optimiser', 'lion'], "xcorr: option '--optimiser <name>' argument 'lion' is invalid. Allowed choices are sgd, momentum, nesterov, adam, adamw, rmsprop, all.\n(xcorr learn --help says more)\n"],
    ['a momentum for adam', [...given, '--optimiser', 'adam', '--momentum', '0.9'], 'xcorr: --momentum is for --optimiser momentum and nesterov, and adam has none\n  leave one of the two out\n'],
    ['a target for a kernel that makes one', ['--input', 'x.json', '--target', 'y.json', '--kernel', 'sobel-x'], 'xcorr: --kernel sobel-x makes the target, and --target is given too\n  leave one of the two out; to learn a kernel from the target, give its size, such as --kernel 3x3\n'],
    ['a size without a target', ['--input', 'x.json', '--kernel', '3x3'], 'xcorr: --kernel 3x3 is a size, and there is no --target to learn from\n  give one, or a kernel whose response is the target, such as --kernel sobel-x\n'],
    ['a target without an input', ['--target', 'y.json', '--kernel', '3x3'], 'xcorr: --target is given without --input\n  give both\n'],
    ['a kernel larger than the input', ['--input', 'x.json', '--kernel', 'log'], 'xcorr: --kernel log: 9 x 9 taps, and FOLDER/x.json has [6, 8] elements\n  give a larger input, or --padding same\n'],
    ['no noise', [...given, '--noise', '0'], "xcorr: option '--noise <sigma>' argument '0' is invalid. Give a number above 0, such as 0.01.\n(xcorr learn --help says more)\n"],
    ['whitening and a bias', [...given, '--whiten', '--bias'], 'xcorr: --whiten takes away what is the same everywhere, a bias too\n  leave out --whiten or --bias\n'],
    ['whitening of a narrow target', ['--input', 'x.json', '--kernel', '1,0,0,0,0,0,-1', '--whiten'], 'xcorr: --whiten needs a target of at least 3 x 3 elements, and this has [6, 2]\n  leave out --whiten\n'],
    ['one file of many optimisers', [...given, '--optimiser', 'all', '-o', 'k.json'], 'xcorr: --output is for one optimiser, and --optimiser all is 6\n  name one, or leave out --output\n'],
    ['a start of another size', [...given, '--init', 'sobel-x'], 'xcorr: --init sobel-x: a kernel of 3 x 3, and one of 1 x 2 is to be learned\n  give --kernel 3x3, or another start: uniform, zeros, a kernel of 1 x 2\n'],
    ['a black input', ['--input', 'black.json', '--target', 'y.json', '--kernel', '1x2'], 'xcorr: FOLDER/black.json: the input is 0 wherever the kernel sees it, so that every kernel makes the same of it\n  give an input that is not black\n'],
    ['a rate that is too large', [...given, '--optimiser', 'sgd', '--lr', '1000'], 'xcorr: the loss is not finite after step 7: with the learning rate 1000 the steps go too far\n  try a smaller one, such as --lr 0.7\n'],
    ['a missing input', ['--input', 'none.json', '--target', 'y.json', '--kernel', '1x2'], 'xcorr: FOLDER/none.json: there is no such file\n'],
    ['a folder as output', [...given, '-o', 'sub'], 'xcorr: --output FOLDER/sub: a folder; give the name of a file in it\n'],
    ['an output in no folder', [...given, '-o', 'none/kernel.json'], 'xcorr: --output FOLDER/none/kernel.json: there is no folder FOLDER/none\n'],
    ['an output below a file', [...given, '-o', 'x.json/kernel.json'], 'xcorr: --output FOLDER/x.json/kernel.json: FOLDER/x.json is not a folder\n'],
    ['an input as output', [...given, '-o', 'x.json'], 'xcorr: --output FOLDER/x.json: FOLDER/x.json is an input, and would be replaced\n  name another file\n'],
    ['an input by another name as output', [...given, '-o', 'link.json'], 'xcorr: --output FOLDER/link.json: FOLDER/y.json is an input, and would be replaced\n  name another file\n'],
    ['one name for two files', [...given, '-o', 'new.csv', '--curve', 'new.csv'], 'xcorr: --curve FOLDER/new.csv: it is written already, by --output\n  name another file\n'],
    ['a curve of no kind', [...given, '--curve', 'curve.png'], 'xcorr: --curve FOLDER/curve.png: the name does not say what to write\n  let it end in .csv (a table) or .svg (a picture)\n'],
  ];

  test.each(cases)('%s', async (_, argv, message) => {
    chapterPair();
    json('black.json', book.edge.x.map((row) => row.map(() => 0)));
    mkdirSync(inFolder('sub'));
    symlinkSync(inFolder('y.json'), inFolder('link.json'));
    const before = readdirSync(folder, { recursive: true }).map((name) => [name, String(name).endsWith('.json') ? readFileSync(inFolder(String(name)), 'utf8') : '']);
    const files = argv.map((word, index) => (['--input', '--target', '-o', '--curve'].includes(argv[index - 1] ?? '') ? inFolder(word) : word));
    expect(await learn(files)).toEqual({ status: 2, stdout: '', stderr: message });
    expect(readdirSync(folder, { recursive: true }).map((name) => [name, String(name).endsWith('.json') ? readFileSync(inFolder(String(name)), 'utf8') : ''])).toEqual(before);
  });

  test('a loss that grows without end is refused before anything is written', async () => {
    const { status } = await learn([...chapterPair(), '--kernel', '1x2', '--lr', '1000', '-o', inFolder('kernel.json'), '--curve', inFolder('curve.csv')]);
    expect(status).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(['x.json', 'y.json']);
  });

  test('a loss that grew, and is finite yet, is told', async () => {
    const { status, stdout } = await learn([...chapterPair(), '--kernel', '1x2', '--optimiser', 'sgd', '--lr', '10', '--steps', '3']);
    expect(status).toBe(0);
    expect(stdout).toContain('; it grew: try a smaller --lr\n');
  });
});

describe('the lines of the help', () => {
  test('those about a photograph do what they say', async () => {
    const { data } = await readPicture(photograph);
    writeFileSync(inFolder('photo.png'), await encodePicture({ width: 64, height: 48, channels: 3, data: data.slice(3 * 150_000, 3 * 150_000 + 64 * 48 * 3) }, 'png'));
    const lines = (await learn(['--help'])).stdout.split('\n').filter((line) => /^ {2}xcorr .*(photo\.png|soft)/.test(line));
    expect(lines.length).toBe(3);
    for (const line of lines) {
      const words = line.replace(/ +#.*/, '').trim().split(' ').slice(1);
      const { status, stderr } = await recorded(words.map((word) => (/\.(png|json)$/.test(word) ? inFolder(word) : word)));
      expect([line, status, stderr]).toEqual([line, 0, '']);
    }
    expect(farthest(resultIn(readFileSync(inFolder('soft.json'), 'utf8')).kernel, kernels['box-3'])).toBeLessThan(0.05);
    const [soft, again] = await Promise.all([readPicture(inFolder('soft.png')), readPicture(inFolder('again.png'))]);
    expect(soft.data.filter((byte, index) => Math.abs(byte - (again.data[index] ?? 0)) > 3)).toHaveLength(0);
  });

  test('a bias that was learned is used', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => Array.from({ length: 12 }, (__, j) => ((i * 7 + j * 5 + i * j) % 11) / 10));
    const target = rows.map((row) => row.map((value) => 0.5 * value + 0.25));
    await learn(['--input', json('x.json', rows), '--target', json('y.json', target), '--kernel', '1x1', '--bias', '-o', inFolder('k.json')]);
    writeFileSync(inFolder('x.png'), await encodePicture({ width: 12, height: 12, channels: 1, data: Uint8Array.from(rows.flat(), (value) => Math.round(255 * value)) }, 'png'));
    expect((await recorded(['filter', inFolder('x.png'), '-o', inFolder('z.png'), '-k', inFolder('k.json')])).status).toBe(0);
    const { data: made } = await readPicture(inFolder('z.png'));
    expect(target.flat().filter((value, index) => Math.abs(255 * value - (made[index] ?? 0)) > 1.5)).toEqual([]);
  });
});
