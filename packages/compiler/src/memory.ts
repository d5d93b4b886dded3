import { bytesOf, elementCount, evaluateInteger, keyOf, type Integer } from '@xcorr/graph';
import { expressionsIn, walk, type LoopNest, type Statement } from './nest.ts';
import type { Buffer, Lifetime, Program } from './program.ts';

/** What a statement at the top of a nest loads and stores, with all inside it: the indices, as keys, by buffer. */
interface Accesses {
  readonly loads: ReadonlyMap<string, readonly string[]>;
  readonly stores: ReadonlyMap<string, readonly string[]>;
}

function accessesOf(statement: Statement): Accesses {
  const [loads, stores] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const enter = (into: Map<string, string[]>, buffer: string, index: Integer): void => {
    const known = into.get(buffer);
    if (known === undefined) into.set(buffer, [keyOf(index)]);
    else known.push(keyOf(index));
  };
  for (const each of expressionsIn([statement])) if (each.kind === 'load') enter(loads, each.buffer, each.index);
  for (const [each] of walk([statement])) if (each.kind === 'store') enter(stores, each.buffer, each.index);
  return { loads, stores };
}

/**
 * The nests, first and last, between which each temporary lives. What the first `invariant` ones make for others is read
 * again at each time of a call, so it lives to the end.
 */
export function lifetimesOf(buffers: readonly Buffer[], nests: readonly LoopNest[], invariant = 0): readonly Lifetime[] {
  const uses = new Map<string, { readonly first: number; readonly last: number }>();
  nests.forEach((nest, position) => {
    for (const { loads, stores } of nest.body.map(accessesOf)) for (const buffer of [...loads.keys(), ...stores.keys()]) uses.set(buffer, { first: uses.get(buffer)?.first ?? position, last: position });
  });
  return buffers
    .filter((buffer) => buffer.role === 'temporary')
    .map(({ id }) => {
      const { first, last } = uses.get(id) ?? { first: Infinity, last: -Infinity };
      return { buffer: id, first, last: first < invariant && last >= invariant ? nests.length - 1 : last };
    });
}

/**
 * True when a state may be overwritten while the program runs: every load of it comes before the first store,
 * or stands in the store itself and reads the very element that is written.
 */
function canUpdateInPlace(next: Buffer, statements: readonly Accesses[]): boolean {
  let written = false;
  for (const { loads, stores } of statements) {
    // What others read as the next value must not be lost in the state's place.
    if (loads.has(next.id)) return false;
    const read = loads.get(next.state ?? '') ?? [];
    const [store, another] = stores.get(next.id) ?? [];
    if (store === undefined) {
      if (written && read.length > 0) return false;
      continue;
    }
    if (written || another !== undefined || read.some((index) => index !== store)) return false;
    written = true;
  }
  return written;
}

/** Lets states be updated in their own place where nothing can tell. */
export function updateInPlace(buffers: readonly Buffer[], nests: readonly LoopNest[]): { readonly buffers: readonly Buffer[]; readonly nests: readonly LoopNest[] } {
  const places = new Map<string, string>();
  const waiting = buffers.filter(({ role }) => role === 'next');
  const statements = waiting.length === 0 ? [] : nests.flatMap(({ body }) => body.map(accessesOf));
  for (const buffer of waiting) if (buffer.state !== undefined && canUpdateInPlace(buffer, statements)) places.set(buffer.id, buffer.state);
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
