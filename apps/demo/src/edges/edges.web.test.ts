import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { js } from '@xcorr/backend-js';
import { book } from '@xcorr/golden';
import type { Picture } from '@xcorr/image';
import { encodePicture, readPicture } from '@xcorr/image/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sideways, violations } from '../../testing/accessibility.ts';
import { strictPolicy, type Circumstances } from '../../testing/circumstances.ts';
import { numbers } from '../../testing/numbers.ts';
import { demoInBrowsers } from '../../testing/open-demo.ts';
import { patience, type Person, type Target } from '../../testing/person.ts';
import { takePicture } from '../../testing/pictures.ts';
import { useSlowCamera } from '../../testing/slow-camera.ts';
import { asynchronous } from '@xcorr/compiler/device';
import { keepPrograms } from '../compute/programs.ts';
import { findBrightness, findValues, linesOf, type Values, type Work } from './find-values.ts';
import { paintEdges, paintResponse, type Canvas } from './paint.ts';
import type { Finding } from './request.ts';
import type { Plane } from './rows.ts';
import { english as words } from './words/english.ts';

const openDemo = demoInBrowsers();
const folder = mkdtempSync(join(tmpdir(), 'xcorr-edges-'));
const photograph = join(import.meta.dirname, '../../../cli/assets/alpine-landscape.jpg');
const file = (name: string): string => join(folder, name);

/** Colours without any order to speak of. */
function noise(width: number, height: number): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => (Math.imul(at + 7, 2_654_435_761) >>> 23) & 255);
  return { width, height, channels: 3, data };
}

const small = noise(60, 40);

beforeAll(async () => {
  const png = await encodePicture(small, 'png');
  writeFileSync(file('small.png'), png);
  writeFileSync(file('broken.png'), png.subarray(0, png.length / 2));
  writeFileSync(file('notes.png'), 'This is a text.');
  const huge = Uint8Array.from(png);
  // Its header says 30000 x 30000.
  new DataView(huge.buffer).setUint32(16, 30_000);
  new DataView(huge.buffer).setUint32(20, 30_000);
  writeFileSync(file('huge.png'), huge);
  writeFileSync(file('large.png'), await encodePicture(noise(1920, 1080), 'png'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const list = (name: string): Target => ({ role: 'combobox', name });
const radio = (name: string): Target => ({ role: 'radio', name });
const table = (name: string): Target => ({ role: 'table', name });
const rowsOf = (matrix: readonly (readonly number[])[]): string => matrix.flat().join(' ');

const work: Work = { place: { backend: asynchronous(js()), kind: 'loops', notes: [] }, programs: keepPrograms(8), wanted: { isWanted: () => true }, report: () => undefined };

/** What is found in a picture of three channels, without a browser. */
async function expected({ width, height, data }: Picture, finding: Finding): Promise<Values> {
  const rgba = Uint8Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : (data[Math.floor(at / 4) * 3 + (at % 4)] ?? 0)));
  const plane: Plane = { width, height, channels: 4, data: rgba };
  const grey = await findBrightness(plane, work);
  const values = grey === undefined ? undefined : await findValues(grey, finding, work);
  if (values === undefined) throw new Error('nothing was found');
  return values;
}

/** A promise of every byte of the result as it is shown. */
const pixelsShown = `createImageBitmap(document.querySelectorAll('.edges-surface canvas')[1]).then((bitmap) => {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
})`;

/** Waits until exactly these are shown: what a worker puts on a canvas is on the page a moment after the page has heard of it. */
async function seePixels(person: Person, { data }: Canvas): Promise<void> {
  await expect.poll(async () => numbers(await person.evaluate(`${pixelsShown}.then((bytes) => [...bytes])`)), { timeout: patience }).toEqual([...data]);
}

const canvasOf = ({ width, height }: Picture): Canvas => ({ width, height, data: new Uint8ClampedArray(width * height * 4) });
const sobelX = { kind: 'kernel', taps: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], border: 'reflect', constant: 0 } as const;

/** What a person does first: the book's image, the photograph, a picture of one's own, Canny. */
async function useEdges(person: Person): Promise<void> {
  // The book's numbers.
  await person.wait(words.numbers.output(6, 7));
  expect(await person.read(table(words.numbers.input(6, 8)))).toBe(`${words.numbers.input(6, 8)} ${rowsOf(book.edge.x)}`);
  expect(await person.read(table(words.numbers.output(6, 7)))).toBe(`${words.numbers.output(6, 7)} ${rowsOf(book.edge.y)}`);
  await person.choose(list(words.picture.choice), words.picture.names['book-transposed']);
  await person.wait(words.numbers.output(8, 5));
  expect(await person.read(table(words.numbers.output(8, 5)))).toBe(`${words.numbers.output(8, 5)} ${rowsOf(book.edge.yOfTransposedX)}`);

  // The photograph; browsers decode a JPEG alike but for rounding.
  await person.choose(list(words.kernel.choice), 'sobel-x');
  await person.choose(list(words.border.choice), words.border.names.reflect);
  await person.choose(list(words.picture.choice), words.picture.names.landscape);
  await person.wait('1024 × 484');
  await person.wait('full strength at');
  const { range } = await expected(await readPicture(photograph), sobelX);
  const said = /responses from (\S+) to (\S+); full strength at (\S+)/.exec(await person.text())?.slice(1).map(Number) ?? [];
  for (const [at, value] of [range.least, range.most, range.strong].entries()) expect(Math.abs((said[at] ?? NaN) - value), `${said.join(' ')} and ${JSON.stringify(range)}`).toBeLessThan(12);

  // A picture of one's own, to the last pixel.
  await person.upload(words.picture.file, file('small.png'));
  await person.wait('60 × 40');
  const canvas = canvasOf(small);
  const values = await expected(small, sobelX);
  paintResponse(canvas, values.placed, values.arrays[0], 'signed', values.range.strong);
  await seePixels(person, canvas);

  // What is no picture, or is broken, is said; the last good result stays.
  for (const [name, problem] of [
    ['broken.png', words.problems.damaged({ kind: 'damaged', name: 'broken.png' })],
    ['notes.png', words.problems['no-picture']({ kind: 'no-picture', name: 'notes.png' })],
    ['huge.png', words.problems['too-many-pixels']({ kind: 'too-many-pixels', name: 'huge.png', width: 30_000, height: 30_000, most: 4096 * 4096 })],
  ] as const) {
    await person.upload(words.picture.file, file(name));
    await person.wait(problem);
    expect(await person.text()).toContain(words.result.lastStays);
    await seePixels(person, canvas);
  }

  // Canny's edges, counted, with other thresholds; the message is gone.
  await person.press(radio(words.find.names.canny));
  for (const [low, high] of [[100, 200], [100, 700]] as const) {
    await person.fill({ role: 'spinbutton', name: words.canny.high }, String(high));
    await person.key('Tab');
    const finding = { kind: 'canny', aperture: 3, smooth: false, low, high, norm: 'L1' } as const;
    const lines = linesOf(await expected(small, finding), finding);
    await person.wait(`; ${words.result.edges(lines.reduce((sum, byte) => sum + byte / 255, 0))}`);
    const edges = canvasOf(small);
    paintEdges(edges, { left: 0, top: 0, columns: 60, rows: 40 }, lines);
    await seePixels(person, edges);
  }
  expect(await person.text()).not.toContain(words.result.lastStays);
}

describe.each<Circumstances>([{}, { policy: strictPolicy }, { browser: 'firefox' }, { width: 390, reducedMotion: true }])('the tab, as a person uses it: %j', (circumstances) => {
  test('the book, a photograph, a picture of one’s own, broken ones, Canny', async () => {
    const person = await openDemo({ ...circumstances, hash: '#edges' });
    await useEdges(person);
    if (circumstances.policy !== undefined) {
      expect(await person.text()).toContain(words.notes['loops-forbidden']({ kind: 'loops-forbidden', instead: 'closures' }));
      expect(await person.text()).toMatch(/ ms on closures/);
    } else expect(await person.text()).toMatch(/ ms on js/);
    expect(await sideways(person)).toBe(0);
  });

  test('the camera', async () => {
    const person = await openDemo({ ...circumstances, hash: '#edges?kernel=sobel-y&border=edge' });
    await person.wait('compiled');
    await person.press({ role: 'button', name: words.picture.startCamera });
    await person.wait(/[1-9]\d* pictures a second/);
    await person.press({ role: 'button', name: words.picture.stopCamera });
    await person.wait(words.picture.startCamera);
    await expect.poll(() => person.evaluate(`${pixelsShown}.then((bytes) => bytes.some((byte, at) => at % 4 !== 3 && byte > 0))`), { timeout: patience }).toBe(true);
    // The last picture of the camera can still be looked at in other ways.
    await person.choose(list(words.kernel.choice), 'gaussian-5');
    await person.wait(words.view.legends['as-is']);
    // Who goes to another picture finds it.
    await person.choose(list(words.picture.choice), words.picture.names.shapes);
    await person.wait('640 × 400');
    expect(await person.text()).not.toContain('pictures a second');
  });
});

describe('what is shown', () => {
  test('signed, absolute, and as it is: of taps that are edited', async () => {
    const person = await openDemo({ hash: '#edges?border=edge' });
    await person.wait(words.numbers.output(6, 8));
    await person.fill({ role: 'textbox', name: words.kernel.tap(1, 1) }, '-2.5');
    await person.key('Tab');
    await person.fill({ role: 'textbox', name: words.kernel.tap(1, 2) }, '2.5');
    await person.key('Tab');
    const row = [0, 0, -2.5, 0, 0, 0, 2.5, 0];
    const shown = async (): Promise<string> => person.read(table(words.numbers.output(6, 8)));
    await person.wait(rowsOf(Array.from({ length: 6 }, () => row)));
    await person.press(radio(words.view.names.absolute));
    await person.wait(rowsOf(Array.from({ length: 6 }, () => row.map(Math.abs))));
    expect(await shown()).not.toContain('-');
    expect(await person.value(list(words.kernel.choice))).toBe('edited');
    // What is no number changes nothing.
    await person.fill({ role: 'textbox', name: words.kernel.tap(1, 1) }, 'half');
    await person.key('Tab');
    expect(await person.value({ role: 'textbox', name: words.kernel.tap(1, 1) })).toBe('-2.5');
    await person.press({ role: 'button', name: words.kernel.transpose });
    await person.wait(rowsOf(Array.from({ length: 6 }, () => row.map(() => 0))));
    await person.choose(list(words.kernel.choice), 'box-3');
    expect(await person.evaluate(`document.querySelector('input[value="as-is"]').checked`)).toBe(true);
  });

  test('a kernel that lies nowhere inside is said, and the last result stays', async () => {
    const person = await openDemo({ hash: '#edges' });
    await person.wait(words.numbers.output(6, 7));
    await person.choose(list(words.kernel.choice), 'dog');
    await person.wait(words.problems['kernel-outreaches']({ kind: 'kernel-outreaches', rows: 15, columns: 15, height: 6, width: 8 }));
    expect(await person.read(table(words.numbers.output(6, 7)))).toContain(rowsOf(book.edge.y));
    await person.choose(list(words.border.choice), words.border.names.zero);
    await person.wait(words.numbers.output(6, 8));
    expect(await person.text()).not.toContain(words.result.lastStays);
  });

  test('the slider, by keys, moves the divider; the URL keeps it and the kernel', async () => {
    const person = await openDemo({ hash: '#edges?picture=rings&kernel=scharr-x&border=wrap' });
    await person.wait('512 × 512');
    await person.slide({ role: 'slider', name: words.result.slider }, 20);
    await person.evaluate(`document.querySelector('.edges-compare input').focus()`);
    await person.key('ArrowRight', 'ArrowRight', 'ArrowLeft');
    expect(await person.evaluate(`getComputedStyle(document.querySelectorAll('.edges-surface')[1]).clipPath`)).toBe('inset(0px 0px 0px 21%)');
    expect(await person.evaluate(`document.querySelector('.edges-compare input').getAttribute('aria-valuetext')`)).toBe(words.result.sliderText(21));
    await person.evaluate('new Promise((resolve) => setTimeout(resolve, 500))');
    expect(String(await person.evaluate('location.hash'))).toMatch(/kernel=scharr-x.*divider=21/);
  });

  test('a picture that is dropped, and one that is pasted', async () => {
    const person = await openDemo({ hash: '#edges?kernel=sobel-x&border=edge' });
    await person.wait('compiled');
    const bytes = [...(await encodePicture(noise(31, 17), 'png'))];
    const hand = (dispatch: string): string => `(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(${JSON.stringify(bytes)})], 'noise.png', { type: 'image/png' }));
      ${dispatch}
    })()`;
    await person.evaluate(hand(`document.querySelector('.edges').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));`));
    await person.wait('31 × 17');
    expect(await person.value(list(words.picture.choice))).toBe('own');
    await person.choose(list(words.picture.choice), words.picture.names.rings);
    await person.wait('512 × 512');
    await person.evaluate(hand(`document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }));`));
    await person.wait('31 × 17');
  });

  test('the code is copied', async () => {
    const person = await openDemo({ hash: '#edges?kernel=sobel-x&border=wrap' });
    await person.wait('compiled');
    await person.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { globalThis.copied = text; } } }); undefined`);
    await person.press({ role: 'button', name: words.code.copy });
    await person.wait(words.code.copied);
    expect(String(await person.evaluate('copied'))).toContain("filter2d(X, K, { border: 'wrap' })");
  });
});

describe('where the work is done', () => {
  test('on a GPU, also where code made at run time is forbidden', async () => {
    const person = await openDemo({ hash: '#edges?on=gpu', graphics: true, policy: strictPolicy });
    await person.wait(/ ms on gpu:/);
    expect(await person.read(table(words.numbers.output(6, 7)))).toContain(rowsOf(book.edge.y));
    expect(await person.text()).toContain('software plays the GPU');
    await person.upload(words.picture.file, file('small.png'));
    await person.choose(list(words.kernel.choice), 'sobel-x');
    await person.choose(list(words.border.choice), words.border.names.reflect);
    await person.wait('60 × 40');
    await person.wait('full strength at');
    const { range } = await expected(small, sobelX);
    await person.wait(`responses from ${range.least} to ${range.most};`);
    expect(await person.text()).toMatch(/ ms on gpu:/);
    await person.choose(list(words.place.choice), words.place.names.automatic);
    await person.wait(/ ms on closures/);
  });

  test('without WebGL the page says so, and goes on', async () => {
    const person = await openDemo({ hash: '#edges?on=gpu' });
    await person.wait(/ ms on js/);
    await person.wait(words.place.noGraphics);
    expect(await person.text()).toContain(words.notes['no-gpu']({ kind: 'no-gpu', reason: '' }).trim());
    expect(await person.read(table(words.numbers.output(6, 7)))).toContain(rowsOf(book.edge.y));
  });

  test('a large picture shows how far it is, and is cancelled; the last result stays', async () => {
    // Closures take their time.
    const person = await openDemo({ hash: '#edges?kernel=identity&border=edge', policy: strictPolicy });
    await person.wait('compiled');
    await person.upload(words.picture.file, file('large.png'));
    await person.wait('1920 × 1080');
    await person.wait('full strength at');
    const range = /responses from .* full strength at \S+/.exec(await person.text())?.[0];
    await person.choose(list(words.kernel.choice), 'gabor-7');
    await person.wait(/[1-9]\d* of 1080 rows/);
    await person.press({ role: 'button', name: words.result.cancel });
    await person.wait(words.result.cancelled);
    expect(await person.text()).toContain(range);
    // The button is gone; the Tab key goes on from where it was.
    expect(await person.evaluate("document.activeElement.getAttribute('role')")).toBe('status');
    await person.choose(list(words.kernel.choice), 'box-3');
    await person.wait(words.view.legends['as-is']);
    expect(await person.text()).not.toContain(words.result.cancelled);
  });
});

test('of a camera that is not to be had, a reader who goes on with a picture hears no more', async () => {
  const person = await openDemo({ hash: '#edges' });
  await person.wait(words.numbers.output(6, 7));
  await person.evaluate(`navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'))`);
  await person.press({ role: 'button', name: words.picture.startCamera });
  await person.wait(words.cameraProblems.absent);
  await person.choose(list(words.picture.choice), words.picture.names.shapes);
  await person.wait('640 × 400');
  expect(await person.text()).not.toContain(words.cameraProblems.absent);
});

test('the camera is given back to a reader who has gone to another tab before the browser let the page have it', async () => {
  const person = await openDemo({ hash: '#edges?kernel=sobel-x&border=edge' });
  await person.wait('compiled');
  await useSlowCamera(person, { start: { role: 'button', name: words.picture.startCamera }, stop: { role: 'button', name: words.picture.stopCamera } }, { role: 'tab', name: 'Slide' });
});

test.each(['light', 'dark'] as const)('is accessible and fits in each of its states, and is pictured, %s', async (theme) => {
  for (const width of [1280, 390])
    for (const [name, hash] of [
      ['photograph', 'picture=landscape&kernel=sobel-x&border=reflect'],
      ['hue', 'picture=rings&find=direction&border=reflect'],
      ['arrows', 'picture=shapes&find=direction&as=arrows&border=constant'],
      ['canny', 'picture=landscape&find=canny'],
      ['gabor', 'picture=shapes&kernel=gabor-even-x&border=edge&view=absolute'],
      ['matrix-direction', 'find=direction&border=edge'],
    ] as const) {
      const person = await openDemo({ hash: `#edges?${hash}`, theme, width });
      await person.wait('compiled');
      await takePicture(person, `edges-${name}-${theme}-${width}`);
      expect(await sideways(person)).toBe(0);
      expect(await violations(person)).toEqual([]);
    }
});
