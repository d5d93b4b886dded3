import { evaluate } from '@xcorr/graph';
import * as image from '@xcorr/image/node';
import { expect, test } from 'vitest';
import * as xcorr from 'xcorr';
import { readMatrix } from '../page/matrix-text.ts';
import { edgesLink, kernelTextOf, typescriptOf } from './code.ts';

const kernel = [[0.1234567891, -2, 1e-9], [0, 1 / 3, 5]];

test('the kernel as text is read back, with six digits', () => {
  expect(readMatrix(kernelTextOf(kernel))).toEqual([[0.123457, -2, 1e-9], [0, 0.333333, 5]]);
});

test('the link to Edges holds the kernel', () => {
  const [tab, query] = edgesLink(kernel).split('?');
  expect(tab).toBe('#edges');
  expect(readMatrix(new URLSearchParams(query).get('kernel') ?? '')).toEqual([[0.123457, -2, 1e-9], [0, 0.333333, 5]]);
  expect(edgesLink(kernel)).toContain('view=as-is');
  expect(edgesLink([[1, -1]])).toContain('view=signed');
});

function valueOf(library: object | undefined, name: string): unknown {
  return Reflect.get(library ?? {}, name);
}

/** Runs handed-out code, whose imports are given as arguments, on a picture. */
async function run(code: string, picture: xcorr.Picture): Promise<xcorr.Picture | undefined> {
  const [libraries, body] = [Array.from(code.matchAll(/^import \{ (.+) \} from '(.+)';$/gm), ([, names = '', from = '']) => ({ names: names.split(', '), from })), code.replaceAll(/^import .+$/gm, '').replaceAll(' as const', '')];
  const known: Readonly<Record<string, object>> = { xcorr, '@xcorr/image/node': { ...image, readPicture: () => Promise.resolve(picture), writePicture: (_: string, each: xcorr.Picture) => (written = each) } };
  let written: xcorr.Picture | undefined;
  const given = libraries.flatMap(({ names, from }) => names.map((name) => [name, valueOf(known[from], name)] as const));
  const program: unknown = Reflect.construct(Function, [...given.map(([name]) => name), `return (async () => {${body}})();`]);
  if (typeof program !== 'function') throw new TypeError('no function');
  const done: unknown = Reflect.apply(program, undefined, given.map(([, value]) => value));
  await done;
  return written;
}

test.each([
  [0, 1],
  [12.5, 1],
  [0, 3],
] as const)('the program does what the filter does: bias %s, %i channels', async (bias, channels) => {
  const picture = { width: 5, height: 4, channels, data: Uint8Array.from({ length: 20 * channels }, (_, at) => 20 + ((at * 37) % 200)) };
  const small = [[0.1, 0.2, 0.1], [0, 0.5, 0.05]];
  const got = await run(typescriptOf(small, bias), picture);
  const plane = Array.from({ length: 4 }, (_, row) => Array.from({ length: 5 }, (_element, column) => picture.data[(row * 5 + column) * channels] ?? 0));
  const want = evaluate(xcorr.filter2d(plane, small)).data;
  expect(Array.from(want, (_, at) => got?.data[at * channels])).toEqual(Array.from(want, (level) => Math.round(level + bias)));
});
