import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { input } from '@xcorr/graph';
import { asNdArray, asPicture, filter2d, type Kernel, type Picture } from '@xcorr/image';
import { readPicture, writePicture } from '@xcorr/image/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sideways, violations } from '../../testing/accessibility.ts';
import { strictPolicy } from '../../testing/circumstances.ts';
import { demoInBrowsers } from '../../testing/open-demo.ts';
import { until, type Person, type Target } from '../../testing/person.ts';
import { takePicture } from '../../testing/pictures.ts';
import { quiet } from '../../testing/quiet.ts';
import { useSlowCamera } from '../../testing/slow-camera.ts';
import { readMatrix } from '../page/matrix-text.ts';
import { english } from './words/english.ts';

const openDemo = demoInBrowsers();

let folder = '';
const inFolder = (name: string): string => join(folder, name);

const button = (name: string): Target => ({ role: 'button', name });
const box = (name: string): Target => ({ role: 'checkbox', name });

/** What is done to the photograph, and to be stolen. */
const secret: Kernel = [
  [-0.02, 0.11, 0.03, -0.06, 0.08],
  [0.05, -0.1, 0.09, 0.1, 0.02],
  [0.07, 0.06, 0.2, -0.04, 0],
  [0.01, 0.13, -0.08, 0.07, 0.04],
  [-0.05, 0.03, 0.06, 0.12, -0.02],
];

async function part(left: number, top: number, width: number, height: number): Promise<Picture> {
  const { width: whole, channels, data } = await readPicture(join(import.meta.dirname, '../../../cli/assets/alpine-landscape.jpg'));
  const rows = Array.from({ length: height }, (_, row) => [...data.subarray(((top + row) * whole + left) * channels, ((top + row) * whole + left + width) * channels)]);
  return { width, height, channels, data: Uint8Array.from(rows.flat()) };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-steal-page-'));
  const before = await part(260, 130, 480, 330);
  const X = input('X', ['H', 'W', 'C'], { storage: 'uint8' });
  const filter = compile({ inputs: { X }, outputs: { Y: { tensor: filter2d(X, secret), storage: 'uint8' } } }, js());
  await writePicture(inFolder('before.png'), before);
  await writePicture(inFolder('after.png'), asPicture(filter.run({ X: asNdArray(before) }).Y));
  await writePicture(inFolder('small.png'), await part(10, 10, 90, 70));
  await writePicture(inFolder('flat.png'), { width: 480, height: 330, channels: 1, data: new Uint8Array(480 * 330).fill(90) });
  writeFileSync(inFolder('notes.png'), 'This is a text.');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function uploadPair(person: Person): Promise<void> {
  await person.upload('Before: choose a picture', inFolder('before.png'), inFolder('after.png'));
  await person.wait('From before.png to after.png.');
}

async function waitUntilGone(person: Person, text: string): Promise<void> {
  await until(person.text, (shown) => !shown.includes(text), () => `the page still shows: ${text}`);
}

async function stolenKernel(person: Person): Promise<Kernel | undefined> {
  return readMatrix(await person.read({ role: 'region', name: 'Kernel' }));
}

/** How far the taps are from the secret ones. */
function distance(found: Kernel | undefined): number {
  expect(found?.map((row) => row.length)).toEqual([5, 5, 5, 5, 5]);
  return Math.max(...secret.flatMap((row, u) => row.map((tap, v) => Math.abs(tap - (found?.[u]?.[v] ?? Number.NaN)))));
}

describe('a person', () => {
  test('steals a known filter from two files, and takes it away', async () => {
    const person = await openDemo({ hash: '#steal' });
    await person.wait(english.verdicts.all);
    await uploadPair(person);
    expect(distance(await stolenKernel(person))).toBeLessThan(1e-3);
    const text = await person.text();
    expect(text).toContain(english.verdicts.all);
    expect(text).toMatch(/Explained by the filter 99\.9\d % of After’s variance/);
    expect(text).toContain("import { asNdArray, asPicture, auto, compile, filter2d, input } from 'xcorr';");

    await person.press(button('Copy: TypeScript'));
    await person.wait(/TypeScript: (copied|this browser does not let)/);
    expect(await person.evaluate('location.hash')).toBe('#steal');
    const kernel = await stolenKernel(person);
    await person.press({ role: 'link', name: 'Open this kernel in Edges' });
    await quiet(person);
    const hash = String(await person.evaluate('location.hash'));
    expect(hash).toMatch(/^#edges\?/);
    expect(readMatrix(new URLSearchParams(hash.split('?')[1]).get('kernel') ?? '')).toEqual(kernel);

    // The pictures and what was found are still there.
    await person.press({ role: 'tab', name: 'Steal this filter' });
    await person.wait('after.png, 480 × 330');
    expect(await stolenKernel(person)).toEqual(kernel);
  });

  test('drops a picture on its place, and pastes another', async () => {
    const person = await openDemo({ hash: '#steal' });
    await person.wait(english.verdicts.all);
    const handedOver = (name: string): string =>
      `(() => { const bytes = Uint8Array.from(atob('${readFileSync(inFolder(name)).toString('base64')}'), (letter) => letter.charCodeAt(0)); const transfer = new DataTransfer(); transfer.items.add(new File([bytes], '${name}', { type: 'image/png' })); return transfer; })()`;
    await person.evaluate(`document.querySelector('[data-slot=before]').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: ${handedOver('before.png')} }))`);
    await person.wait('From before.png to blurred.');
    // BEFORE is the person's own now: the next one is AFTER.
    await person.evaluate(`document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: ${handedOver('after.png')} }))`);
    await person.wait('From before.png to after.png.');
    expect(distance(await stolenKernel(person))).toBeLessThan(1e-3);
  });

  test('chooses other sizes, rectangular ones among them, and a bias', async () => {
    const person = await openDemo({ hash: '#steal?after=motion' });
    await person.wait(english.verdicts.all);
    expect((await stolenKernel(person))?.map((row) => row.length)).toEqual([9]);
    await person.choose({ role: 'combobox', name: 'Columns' }, '3');
    await person.wait(english.verdicts.most);
    await person.press(button('3 × 3'));
    await person.wait('Learned kernel, 3 × 3');
    expect((await stolenKernel(person))?.map((row) => row.length)).toEqual([3, 3, 3]);
    expect(await person.evaluate('location.hash')).toBe('#steal?after=motion&size=3x3');
    await person.choose({ role: 'combobox', name: 'After is' }, english.madeOf(english.examples.sobel));
    await person.wait(/Bias: 1(28|27\.9\d*|28\.0\d*) grey levels/);
    await person.wait(english.verdicts.all);
    await person.press(box('A bias: a number added to every element'));
    await person.wait(english.verdicts.little);
  });

  test.each(['posterise', 'magnitude'] as const)('is told what no filter explains: %s', async (name) => {
    const person = await openDemo({ hash: `#steal?after=${name}` });
    await person.wait('something else was done to After');
    const text = await person.text();
    expect(text.includes(english.verdicts.most) || text.includes(english.verdicts.little)).toBe(true);
    expect(Number(/is ([\d.]+) times what rounding leaves/.exec(text)?.[1])).toBeGreaterThan(5);
    expect(text).not.toContain(english.verdicts.all);
  });

  test('gives what cannot be learned from: each time the last good result stays', async () => {
    const person = await openDemo({ hash: '#steal' });
    await person.wait(english.verdicts.all);
    await uploadPair(person);
    const kernel = await stolenKernel(person);
    const stays = async (message: string | RegExp): Promise<void> => {
      await person.wait(message);
      await person.wait(english.lastStays);
      expect(await stolenKernel(person)).toEqual(kernel);
    };
    await person.upload('After: choose a picture', inFolder('notes.png'));
    await stays('notes.png is no picture that this browser reads.');
    await person.upload('After: choose a picture', inFolder('small.png'));
    await stays('Before is 480 × 330, After 90 × 70: no 5 × 5 kernel leads from one to the other.');
    await person.upload('After: choose a picture', inFolder('after.png'));
    await person.upload('Before: choose a picture', inFolder('flat.png'));
    await stays('Before is one flat colour');
    await person.upload('Before: choose a picture', inFolder('before.png'), inFolder('after.png'));
    await waitUntilGone(person, english.lastStays);
    expect(await stolenKernel(person)).toEqual(kernel);
  });

  test('runs the filter on the camera, and on a still picture', async () => {
    const person = await openDemo({ hash: '#steal' });
    await person.wait('1024 × 484 in');
    await person.press(button('Start the camera'));
    await person.wait('640 × 480 in');
    await person.press(button('Stop the camera'));
    await person.wait('1024 × 484 in');
    await person.upload('Choose a still picture', inFolder('small.png'));
    await person.wait('90 × 70 in');
    await person.evaluate("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError')); undefined");
    await person.press(button('Start the camera'));
    await person.wait(english.cameraProblems.absent);
  });
});

test('where loops may not be made at run time, the page says so and steals as well', async () => {
  const person = await openDemo({ hash: '#steal', policy: strictPolicy });
  await person.wait('Run-time JavaScript loops are not allowed here');
  await uploadPair(person);
  expect(distance(await stolenKernel(person))).toBeLessThan(1e-3);
  await person.wait(english.verdicts.all);
  await person.wait(/was measured on the middle \d+ × \d+ of 476 × 326/);
});

test('the camera is given back to a reader who has gone to another tab before the browser let the page have it', async () => {
  const person = await openDemo({ hash: '#steal' });
  await person.wait('1024 × 484 in');
  await useSlowCamera(person, { start: button('Start the camera'), stop: button('Stop the camera') }, { role: 'tab', name: 'Slide' });
});

test('where a script does not come, that is said', async () => {
  const person = await openDemo({ hash: '#steal', missing: /steal\.worker/, expected: /404|steal\.worker/ });
  await person.wait('That did not work: steal.worker.js');
  expect(await person.text()).not.toContain(english.working);
});

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const)('in %s at %i pixels all is there, and can be read', async (theme, width) => {
  const person = await openDemo({ hash: '#steal?after=posterise&size=9x9', theme, width });
  await person.wait('something else was done to After');
  await quiet(person);
  expect(await sideways(person)).toBe(0);
  expect(await violations(person)).toEqual([]);
  await takePicture(person, `steal-${theme}-${width}`);
});
