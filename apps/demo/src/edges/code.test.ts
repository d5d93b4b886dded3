import * as backendJs from '@xcorr/backend-js';
import * as compiler from '@xcorr/compiler';
import * as graph from '@xcorr/graph';
import * as image from '@xcorr/image';
import { describe, expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';
import type { Place } from '../compute/choose-place.ts';
import { keepPrograms } from '../compute/programs.ts';
import { codeOf } from './code.ts';
import { findValues, linesOf } from './find-values.ts';
import { requestOf } from './request.ts';
import { drawSample, samples } from './samples.ts';
import { initialState, type EdgesState } from './state.ts';

const modules: Readonly<Record<string, object>> = { '@xcorr/graph': graph, '@xcorr/compiler': compiler, '@xcorr/backend-js': backendJs, '@xcorr/image': image };

const { width, height } = samples.shapes;
const data = drawSample(samples.shapes).filter((_, at) => at % 4 === 0);
const picture: image.Picture = { width, height, channels: 1, data: new Uint8Array(data) };

/** Runs the code that is shown, imports and all, and gives what its variables hold at the end. */
function run(code: string, results: readonly string[]): readonly unknown[] {
  const body = code.replaceAll(/import \{ (.*) \} from '(.*)';/g, (_, names: string, from: string) => {
    for (const name of names.split(', ')) expect(Object.keys(modules[from] ?? {}), `${name} of ${from}`).toContain(name);
    return `const { ${names} } = modules['${from}'];`;
  });
  // oxlint-disable-next-line typescript/no-implied-eval -- the code is the page's own, and whether it runs is what is asked
  const values: unknown = Reflect.apply(new Function('modules', 'picture', `${body}\nreturn [${results.join(', ')}];`), undefined, [modules, picture]);
  return Array.isArray(values) ? values : [];
}

const place: Place = { backend: asynchronous(backendJs.js()), kind: 'loops', notes: [] };
const found = async (state: EdgesState): ReturnType<typeof findValues> =>
  findValues(picture.channels === 1 ? { ...picture, channels: 1 } : { width, height, channels: 1, data: picture.data }, requestOf(state).finding, { place, programs: keepPrograms(4), wanted: { isWanted: () => true }, report: () => undefined });
const dataOf = (value: unknown): readonly number[] => (value instanceof graph.NdArray ? [...value.data] : []);

describe('the code that is shown does what the page does', () => {
  test.each<Partial<EdgesState>>([
    {},
    { kernelName: 'sobel-x', taps: image.kernels['sobel-x'], border: 'reflect' },
    { kernelName: 'edited', taps: [[1, 0.5], [-2, 0.5]], border: 'constant', constant: 9 },
    { kernelName: 'log', taps: image.kernels.log, border: 'wrap' },
  ])('a kernel: %j', async (change) => {
    const state = { ...initialState, ...change };
    const [Y] = run(codeOf(state), ['Y']);
    expect(dataOf(Y)).toEqual([...((await found(state))?.arrays[0] ?? [])]);
  });

  test.each<Partial<EdgesState>>([{ pair: 'sobel' }, { pair: 'scharr', border: 'edge' }, { pair: 'central', border: 'zero' }, { pair: 'prewitt', border: 'constant', constant: 40 }])('a direction: %j', async (change) => {
    const state: EdgesState = { ...initialState, find: 'direction', ...change };
    const [length, angle] = run(codeOf(state), ['length', 'angle']);
    const values = await found(state);
    expect(dataOf(length)).toEqual([...(values?.arrays[0] ?? [])]);
    expect(dataOf(angle)).toEqual([...(values?.arrays[1] ?? [])]);
  });

  test.each<Partial<EdgesState>>([{}, { aperture: 5, low: 2000, high: 4000 }, { norm: 'L2', low: 40 }, { smooth: true }])("Canny's edges: %j", async (change) => {
    const state: EdgesState = { ...initialState, find: 'canny', ...change };
    const [edges] = run(codeOf(state), ['[...edges.data]']);
    const values = await found(state);
    const { finding } = requestOf(state);
    expect(edges).toEqual(values === undefined || finding.kind !== 'canny' ? [] : [...linesOf(values, finding)]);
  });
});
