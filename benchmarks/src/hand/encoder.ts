// WebAssembly in its binary form: as much of it as loops over lanes of four floats need. Code is a list of bytes, and an
// instruction is a function of the code of its operands, so that code reads as the expression it is.
// Source: the WebAssembly core specification, "Binary Format", and the proposal for relaxed SIMD.

export type Code = readonly number[];

export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 127;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 128);
  } while (rest !== 0);
  return bytes;
}

export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
    bytes.push(isLast ? low : low | 128);
    if (isLast) return bytes;
  }
}

export type ValueType = 'i32' | 'v128';
const typeCodes: Readonly<Record<ValueType, number>> = { i32: 0x7f, v128: 0x7b };

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
/** Sets a local, and is its value. */
export const tee = (local: number, value: Code): Code => [...value, 0x22, ...unsigned(local)];

export const integer = (value: number): Code => [0x41, ...signed(value)];
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const subtract = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
export const multiply = (a: Code, b: Code): Code => [...a, ...b, 0x6c];
export const isLess = (a: Code, b: Code): Code => [...a, ...b, 0x48];
export const isGreater = (a: Code, b: Code): Code => [...a, ...b, 0x4a];
/** Moves an address or a counter on. */
export const advance = (local: number, by: number): Code => set(local, add(get(local), integer(by)));

const lanes = (instruction: number): Code => [0xfd, ...unsigned(instruction)];
const at = (offset: number): Code => [2, ...unsigned(offset)];
export const load = (address: Code, offset = 0): Code => [...address, ...lanes(0x00), ...at(offset)];
/** One float in all lanes. */
export const loadSplat = (address: Code, offset = 0): Code => [...address, ...lanes(0x09), ...at(offset)];
export const store = (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...lanes(0x0b), ...at(offset)];
export const splat = (value: number): Code => {
  const bytes = [...new Uint8Array(Float32Array.of(value).buffer)];
  return [...lanes(0x0c), ...bytes, ...bytes, ...bytes, ...bytes];
};
export const plus = (a: Code, b: Code): Code => [...a, ...b, ...lanes(0xe4)];
export const minus = (a: Code, b: Code): Code => [...a, ...b, ...lanes(0xe5)];
export const times = (a: Code, b: Code): Code => [...a, ...b, ...lanes(0xe6)];
/** max(a, b), where b stands when a is not a number. */
export const larger = (a: Code, b: Code): Code => [...a, ...b, ...lanes(0xeb)];
/** All bits of a lane where a > b. */
export const whereGreater = (a: Code, b: Code): Code => [...a, ...b, ...lanes(0x44)];
export const bitwiseAnd = (a: Code, b: Code): Code => [...a, ...b, ...lanes(0x4e)];
/** Four lanes of the eight of a and b. */
export const pick = (a: Code, b: Code, chosen: readonly [number, number, number, number]): Code => [
  ...a,
  ...b,
  ...lanes(0x0d),
  ...chosen.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
];
/** a * b + c, rounded once or twice as the engine likes: relaxed SIMD. */
export const relaxedMultiplyAdd = (a: Code, b: Code, c: Code): Code => [...a, ...b, ...c, ...lanes(0x105)];

/** The body once, and again as long as the condition holds. */
export const loopWhile = (condition: Code, ...body: readonly Code[]): Code => [0x03, 0x40, ...body.flat(), ...condition, 0x0d, 0, 0x0b];
export const when = (condition: Code, body: Code): Code => [...condition, 0x04, 0x40, ...body, 0x0b];

/** A function under way: its parameters are all integers, and it gives nothing. */
export interface FunctionCode {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** Gives out the locals of a function, after its parameters. */
export interface Locals {
  readonly types: ValueType[];
  readonly integer: () => number;
  readonly vector: () => number;
  readonly vectors: (count: number) => readonly number[];
}

export function localsAfter(parameters: number): Locals {
  const types: ValueType[] = [];
  const next = (type: ValueType): number => parameters + types.push(type) - 1;
  return {
    types,
    integer: () => next('i32'),
    vector: () => next('v128'),
    vectors: (count) => Array.from({ length: count }, () => next('v128')),
  };
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const text = (value: string): Code => list([...new TextEncoder().encode(value)].map((byte) => [byte]));
const section = (number: number, content: Code): Code => [number, ...unsigned(content.length), ...content];

/** A module of functions that work on the memory `env.memory`. */
export function encodeModule(functions: readonly FunctionCode[]): Uint8Array<ArrayBuffer> {
  const bodies = functions.map(({ locals, body }) => {
    const content = [...list(locals.map((type) => [1, typeCodes[type]])), ...body, 0x0b];
    return [...unsigned(content.length), ...content];
  });
  const largestMemory = 65_536;
  const magicAndVersion = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from([
    ...magicAndVersion,
    ...section(1, list(functions.map(({ parameters }) => [0x60, ...list(Array.from({ length: parameters }, () => [typeCodes.i32])), 0]))),
    ...section(2, list([[...text('env'), ...text('memory'), 2, 1, ...unsigned(1), ...unsigned(largestMemory)]])),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(7, list(functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]))),
    ...section(10, list(bodies)),
  ]);
}
