import { bytesOf, elementCount, evaluateInteger, keyOf } from '@xcorr/graph';
import { expressionsIn, walk, type LoopNest, type Statement } from './nest.ts';
import type { Buffer, Lifetime, Program } from './program.ts';

/** The buffers that a statement loads from, with the index of each load. */
function loadsIn(statement: Statement): readonly { readonly buffer: string; readonly index: string }[] {
  return [...expressionsIn([statement])].flatMap((each) => (each.kind === 'load' ? [{ buffer: each.buffer, index: keyOf(each.index) }] : []));
}

/**
 * The nests, first and last, between which each temporary lives. What the first `invariant` ones make for others is read
 * again at each time of a call, so it lives to the end.
 */
export function lifetimesOf(buffers: readonly Buffer[], nests: readonly LoopNest[], invariant = 0): readonly Lifetime[] {
  return buffers
    .filter((buffer) => buffer.role === 'temporary')
    .map(({ id }) => {
      const uses = nests.flatMap((nest, position) => {
        const stored = [...walk(nest.body)].some(([each]) => each.kind === 'store' && each.buffer === id);
        const loaded = nest.body.some((each) => loadsIn(each).some((load) => load.buffer === id));
        return stored || loaded ? [position] : [];
      });
      const [first, last] = [Math.min(...uses), Math.max(...uses)];
      return { buffer: id, first, last: first < invariant && last >= invariant ? nests.length - 1 : last };
    });
}

/**
 * True when a state may be overwritten while the program runs: every load of it comes before the first store,
 * or stands in the store itself and reads the very element that is written.
 */
function canUpdateInPlace(next: Buffer, nests: readonly LoopNest[]): boolean {
  let written = false;
  for (const nest of nests)
    for (const top of nest.body) {
      const stores = [...walk([top])].filter(([each]) => each.kind === 'store' && each.buffer === next.id);
      const all = loadsIn(top);
      // What others read as the next value must not be lost in the state's place.
      if (all.some((load) => load.buffer === next.id)) return false;
      const loads = all.filter((load) => load.buffer === next.state);
      if (stores.length === 0) {
        if (written && loads.length > 0) return false;
        continue;
      }
      const [store, another] = stores.map(([each]) => each);
      if (written || another !== undefined || store?.kind !== 'store') return false;
      if (loads.some((load) => load.index !== keyOf(store.index))) return false;
      written = true;
    }
  return written;
}

/** Lets states be updated in their own place where nothing can tell. */
export function updateInPlace(buffers: readonly Buffer[], nests: readonly LoopNest[]): { readonly buffers: readonly Buffer[]; readonly nests: readonly LoopNest[] } {
  const places = new Map<string, string>();
  for (const buffer of buffers)
    if (buffer.role === 'next' && buffer.state !== undefined && canUpdateInPlace(buffer, nests)) places.set(buffer.id, buffer.state);
  const rename = (statement: Statement): Statement => {
    if (statement.kind === 'loop') return { ...statement, body: statement.body.map(rename) };
    return statement.kind === 'store' ? { ...statement, buffer: places.get(statement.buffer) ?? statement.buffer } : statement;
  };
  return {
    buffers: buffers.filter((buffer) => !places.has(buffer.id)),
    nests: nests.map((nest) => ({ ...nest, body: nest.body.map(rename) })),
  };
}

/** Where a temporary stands in the arena, in bytes. */
export interface Place {
  readonly buffer: string;
  readonly offset: number;
  readonly bytes: number;
}

export interface Arena {
  readonly bytes: number;
  readonly places: readonly Place[];
}

/** Places in the arena start at multiples of this, so that vectors of any width are aligned. */
const alignment = 64;

/**
 * Gives every temporary a place in one arena: larger ones first, each at the lowest offset that no temporary
 * of an overlapping lifetime takes.
 */
export function planArena(program: Pick<Program, 'buffers' | 'lifetimes'>, sizes: ReadonlyMap<string, number>): Arena {
  const lifetimes = new Map(program.lifetimes.map((each) => [each.buffer, each]));
  const wanted = program.buffers.flatMap((buffer) => {
    const lifetime = lifetimes.get(buffer.id);
    if (lifetime === undefined) return [];
    const bytes = evaluateInteger(elementCount(buffer.shape), sizes) * bytesOf[buffer.storage];
    return [{ buffer: buffer.id, lifetime, bytes: Math.ceil(bytes / alignment) * alignment }];
  });
  wanted.sort((a, b) => b.bytes - a.bytes);
  const placed: { readonly place: Place; readonly lifetime: Lifetime }[] = [];
  for (const { buffer, lifetime, bytes } of wanted) {
    const others = placed
      .filter((each) => each.lifetime.first <= lifetime.last && lifetime.first <= each.lifetime.last)
      .map((each) => each.place)
      .sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of others) if (other.offset < offset + bytes && offset < other.offset + other.bytes) offset = other.offset + other.bytes;
    placed.push({ place: { buffer, offset, bytes }, lifetime });
  }
  const places = placed.map((each) => each.place);
  return { bytes: Math.max(0, ...places.map((each) => each.offset + each.bytes)), places };
}
