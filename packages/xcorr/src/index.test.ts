import * as closures from '@xcorr/backend-closures';
import * as backend from '@xcorr/backend-js';
import * as compiler from '@xcorr/compiler';
import * as graph from '@xcorr/graph';
import * as image from '@xcorr/image';
import { describe, expect, test } from 'vitest';
import * as whole from './index.ts';

type Exports = Readonly<Record<string, unknown>>;

const packages: Readonly<Record<string, Exports>> = { '@xcorr/graph': graph, '@xcorr/compiler': compiler, '@xcorr/backend-js': backend, '@xcorr/backend-closures': closures, '@xcorr/image': image };
const own: readonly string[] = ['auto'];

/** The names that more than one of some packages export, each with those packages. */
function ambiguities(exported: Readonly<Record<string, Exports>>): readonly string[] {
  const names = new Set(Object.values(exported).flatMap((each) => Object.keys(each)));
  const owners = (name: string): readonly string[] => Object.keys(exported).filter((each) => Object.hasOwn(exported[each] ?? {}, name));
  return Array.from(names, (name) => `${name} of ${owners(name).join(' and ')}`).filter((line) => line.includes(' and '));
}

describe('the importable whole', () => {
  test('each name belongs to one package alone, the names of this one too', () => {
    expect(ambiguities({ ...packages, xcorr: Object.fromEntries(own.map((name) => [name, name])) })).toEqual([]);
    expect(ambiguities({ a: { x: 1, y: 2 }, b: { y: 2 } })).toEqual(['y of a and b']);
  });

  test.each(Object.keys(packages))('everything that %s exports is here and is the same', (name) => {
    const here = new Map(Object.entries(whole));
    for (const [key, value] of Object.entries(packages[name] ?? {})) expect([key, here.get(key)]).toEqual([key, value]);
  });

  test('and nothing else but what it names itself', () => {
    const known = new Set([...own, ...Object.values(packages).flatMap((each) => Object.keys(each))]);
    expect(Object.keys(whole).filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys(whole)).toHaveLength(known.size);
  });

  test('a Kernel is rows of taps: the one type that two packages have a meaning for', () => {
    const kernel: whole.Kernel = [[1, -1]];
    expect(whole.evaluate(whole.filter2d([[1, 2, 4]], kernel, { size: 'valid' })).toNested()).toEqual([[-1, -2]]);
  });
});
