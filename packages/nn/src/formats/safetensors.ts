import type { NdArray } from '@xcorr/graph';
import { FormatError } from '../errors.ts';
import type { NamedArrays } from '../parameters.ts';
import { bytesOfElement, checkedShape, readElements, shown, typeOf, writeElements, type ElementType } from './elements.ts';
import { decodeText, encodeText, joined, viewOf } from './text.ts';

/** The names of types in the format; others that it has are not read. */
const types: Readonly<Record<string, ElementType>> = {
  BOOL: 'bool', U8: 'uint8', I8: 'int8', U16: 'uint16', I16: 'int16', U32: 'uint32', I32: 'int32', U64: 'uint64', I64: 'int64', BF16: 'bfloat16', F16: 'float16', F32: 'float32', F64: 'float64',
};
const written = { uint8: 'U8', float32: 'F32', float64: 'F64' } as const;
/** The largest header that the format's own library reads. */
const headerLimit = 100_000_000;
const metadataKey = '__metadata__';

/** What a file holds. */
export interface Safetensors {
  readonly arrays: Map<string, NdArray>;
  /** Texts by name, which the format leaves to its users. */
  readonly metadata: Map<string, string>;
}

interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function fail(text: string): never {
  throw new FormatError(`safetensors: ${text}`);
}

function entriesOf(value: unknown, what: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(`${what} is no object`);
  return Object.entries(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function entryOf(name: string, value: unknown, available: number): Entry {
  const what = `the tensor ${JSON.stringify(name)}`;
  const fields = new Map(entriesOf(value, what));
  const [dtype, shape, offsets] = [fields.get('dtype'), fields.get('shape'), fields.get('data_offsets')];
  const type = typeof dtype === 'string' && Object.hasOwn(types, dtype) ? types[dtype] : undefined;
  if (type === undefined) fail(`${what} is of the type ${shown(dtype)}; read are ${Object.keys(types).join(', ')}`);
  if (!isList(shape)) fail(`${what} has no list as its shape`);
  const [begin, end, ...more]: readonly unknown[] = isList(offsets) ? offsets : [];
  if (typeof begin !== 'number' || typeof end !== 'number' || more.length > 0 || !Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin < 0 || end < begin)
    fail(`${what} has no two places as its data_offsets`);
  if (end > available) fail(`${what} ends at byte ${end} of the data, and there are ${available}: the file is cut short`);
  return { name, type, shape: checkedShape(shape, type, end - begin, `safetensors: ${what}`), begin, end };
}

function parsed(header: string): unknown {
  try {
    return JSON.parse(header);
  } catch (error) {
    throw new FormatError('safetensors: the header is no JSON', { cause: error });
  }
}

/**
 * Reads a file of the format safetensors. Types that float32 or float64 hold exactly become those; the arrays are copies.
 *
 * @throws FormatError when the bytes are no such file, cut short, with gaps or overlaps between tensors, or hold a type that is not read.
 * @see the format's description at https://huggingface.co/docs/safetensors
 * @example
 * const bytes = writeSafetensors([['weight', ndarray([[1, -1]])]]);
 * readSafetensors(bytes).arrays.get('weight').toNested(); // => [[1, -1]]
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < 8) fail(`${bytes.length} bytes; a file has at least 8, the length of its header`);
  const length = viewOf(bytes).getBigUint64(0, true);
  if (length > headerLimit) fail(`a header of ${length} bytes; this is no such file, or a damaged one`);
  const start = 8 + Number(length);
  if (start > bytes.length) fail(`a header of ${length} bytes in a file of ${bytes.length}: it is cut short`);
  const header = entriesOf(parsed(decodeText(bytes.subarray(8, start), 'safetensors: the header')), 'the header');
  const available = bytes.length - start;
  const metadata = header.filter(([name]) => name === metadataKey).flatMap(([, value]) => entriesOf(value, metadataKey));
  const entries = header.filter(([name]) => name !== metadataKey).map(([name, value]) => entryOf(name, value, available));
  // Without gaps and overlaps the arrays together are as large as the file, and no larger.
  let reached = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin)) {
    if (begin !== reached) fail(`the tensor ${JSON.stringify(name)} begins at byte ${begin} of the data, and the one before it ends at ${reached}`);
    reached = end;
  }
  if (reached !== available) fail(`${available - reached} bytes behind the last tensor`);
  return {
    arrays: new Map(entries.map(({ name, type, shape, begin, end }) => [name, readElements(bytes.subarray(start + begin, start + end), type, shape)])),
    metadata: new Map(metadata.map(([name, text]) => (typeof text === 'string' ? [name, text] : fail(`the metadata ${JSON.stringify(name)} is no text`)))),
  };
}

/**
 * Writes arrays as a file of the format safetensors: wider types first, then by name, so equal arrays give equal bytes.
 *
 * @throws FormatError when two arrays have one name, or one the format keeps for itself.
 * @example
 * const bytes = writeSafetensors([['weight', ndarray([[1, -1]])]], { epoch: '7' });
 * readSafetensors(bytes).metadata.get('epoch'); // => '7'
 */
export function writeSafetensors(arrays: NamedArrays, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const widthOf = (array: NdArray): number => bytesOfElement(typeOf(array));
  const sorted = [...arrays].sort(([a, x], [b, y]) => widthOf(y) - widthOf(x) || (a < b ? -1 : 1));
  const names = sorted.map(([name]) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) fail(`two arrays are named ${JSON.stringify(twice)}`);
  if (names.includes(metadataKey)) fail(`the name ${metadataKey} is the format's own`);
  let offset = 0;
  const entries = sorted.map(([name, array]) => {
    const begin = offset;
    offset += array.data.length * widthOf(array);
    return [name, { dtype: written[typeOf(array)], shape: array.shape, data_offsets: [begin, offset] }] as const;
  });
  const texts = Object.keys(metadata).length === 0 ? [] : [[metadataKey, metadata] as const];
  // Written part by part: an object would put names that are numbers first.
  const text = `{${[...texts, ...entries].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const header = encodeText(text);
  // The data begins where every type is aligned.
  const padded = new Uint8Array(Math.ceil(header.length / 8) * 8).fill(0x20);
  padded.set(header);
  const length = new Uint8Array(8);
  viewOf(length).setBigUint64(0, BigInt(padded.length), true);
  return joined([length, padded, ...sorted.map(([, array]) => writeElements(array))]);
}
