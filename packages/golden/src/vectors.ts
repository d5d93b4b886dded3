import type * as FileSystem from 'node:fs';
import { boolean, field, list, number, oneOf, optional, pair, parse, text, type Place } from './json.ts';
import type { Tolerance } from './tolerance.ts';

export { mismatch, ulpDistance, type Tolerance } from './tolerance.ts';

/** Row-major data with its shape. */
export interface Elements {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What the correlation does along its two spatial axes. */
export interface CorrelationAttributes {
  readonly strides: readonly number[];
  /** [low, high] per spatial axis. */
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations: readonly number[];
  readonly groups: number;
}

/** What a filter of a picture does, in the words of the libraries that recorded it. */
export interface FilterAttributes {
  /** What stands beyond the picture, as `numpy.pad` names it. */
  readonly boundary: 'constant' | 'edge' | 'reflect' | 'symmetric' | 'wrap';
  /** The one value beyond the picture, where `boundary` is constant. */
  readonly constant: number;
  /** Strict convolution. */
  readonly flip: boolean;
  /** As `scipy.ndimage` takes it, row and column; undefined where `scipy.signal` recorded the case. */
  readonly origin: readonly [number, number] | undefined;
  /** As `scipy.signal` takes it; undefined where `scipy.ndimage` recorded the case. */
  readonly size: 'full' | 'same' | 'valid' | undefined;
  /** In which the result was asked for. */
  readonly dtype: 'float32' | 'float64' | undefined;
}

/** What every case has, whatever it computes. */
interface Case {
  /** Where the vector comes from, and its name there. */
  readonly id: string;
  readonly licence: string;
  readonly tolerance: Tolerance;
}

interface Vector extends Case {
  readonly attributes: CorrelationAttributes;
  /** [N, C, H, W] */
  readonly x: Elements;
  /** [O, C / groups, h, w] */
  readonly w: Elements;
}

/** A correlation, with an optional bias of one number for each output channel, and its recorded result. */
export interface CorrelationVector extends Vector {
  readonly bias: Elements | undefined;
  /** [N, O, H', W'] */
  readonly y: Elements;
}

/** The gradients of a correlation, given that of its result. */
export interface CorrelationGradientVector extends Vector {
  readonly dy: Elements;
  readonly dx: Elements;
  readonly dw: Elements;
}

/** A picture, a kernel, and the picture filtered with it. */
export interface FilterVector extends Case {
  readonly attributes: FilterAttributes;
  /** [H, W] */
  readonly x: Elements;
  /** [h, w] */
  readonly w: Elements;
  /** [H', W'] */
  readonly y: Elements;
}

/** Node, asked for when files are: whoever has none may still load this module. */
function node(): NodeJS.Process | undefined {
  const { process: found }: { readonly process?: NodeJS.Process } = globalThis;
  return typeof found?.getBuiltinModule === 'function' ? found : undefined;
}

function files(): typeof FileSystem {
  const found = node()?.getBuiltinModule('node:fs');
  if (found === undefined) throw new Error('vectors are read from files, and there are none here; read them in Node, and hand them over');
  return found;
}

/**
 * The folder of reference vectors that XCORR_VECTORS names; undefined where it names none, or where there is no Node.
 *
 * @throws Error when it names a folder that is not there: vectors that were asked for are never left out.
 */
export function vectorsFolder(environment: Readonly<Record<string, string | undefined>> = node()?.env ?? {}): string | undefined {
  const folder = environment['XCORR_VECTORS'];
  if (folder === undefined || folder === '') return undefined;
  if (!files().existsSync(folder)) throw new Error(`XCORR_VECTORS: there is no folder ${folder}`);
  return folder;
}

/** The cases of `corr2d.json`. */
export function readCorrelationVectors(folder: string): readonly CorrelationVector[] {
  return readCases(folder, 'corr2d.json', (place) => ({
    ...vector(place),
    bias: optional(elements)(field(place, 'b')),
    y: elements(field(place, 'y')),
  }));
}

/** The cases of `corr2d_grad.json`. */
export function readCorrelationGradientVectors(folder: string): readonly CorrelationGradientVector[] {
  return readCases(folder, 'corr2d_grad.json', (place) => ({
    ...vector(place),
    dy: elements(field(place, 'dy')),
    dx: elements(field(place, 'dx')),
    dw: elements(field(place, 'dw')),
  }));
}

/** The cases of `filter2d.json`. */
export function readFilterVectors(folder: string): readonly FilterVector[] {
  return readCases(folder, 'filter2d.json', (place) => ({
    ...caseOf(place),
    attributes: filterAttributes(field(place, 'attrs')),
    x: elements(field(place, 'x')),
    w: elements(field(place, 'w')),
    y: elements(field(place, 'y')),
  }));
}

function readCases<T>(folder: string, file: string, read: (place: Place) => T): readonly T[] {
  const root = parse(files().readFileSync(`${folder}/${file}`, 'utf8'), file);
  const cases = list(read)(field(root, 'cases'));
  const count = number(field(root, 'count'));
  if (cases.length !== count) throw new Error(`${file}: ${cases.length} cases, ${count} are announced`);
  return cases;
}

function caseOf(place: Place): Case {
  return { id: text(field(place, 'id')), licence: text(field(place, 'licence')), tolerance: tolerance(field(place, 'tol')) };
}

function vector(place: Place): Vector {
  return {
    ...caseOf(place),
    attributes: attributes(field(place, 'attrs')),
    x: elements(field(place, 'x')),
    w: elements(field(place, 'w')),
  };
}

function attributes(place: Place): CorrelationAttributes {
  return {
    strides: list(number)(field(place, 'strides')),
    padding: list(pair(number))(field(place, 'padding')),
    dilations: list(number)(field(place, 'dilation')),
    groups: number(field(place, 'groups')),
  };
}

function filterAttributes(place: Place): FilterAttributes {
  return {
    boundary: oneOf(['constant', 'edge', 'reflect', 'symmetric', 'wrap'])(field(place, 'boundary')),
    constant: number(field(place, 'cval')),
    flip: boolean(field(place, 'flip')),
    origin: optional(pair(number))(field(place, 'origin')),
    size: optional(oneOf(['full', 'same', 'valid']))(field(place, 'size')),
    dtype: optional(oneOf(['float32', 'float64']))(field(place, 'outDtype')),
  };
}

function elements(place: Place): Elements {
  const shape = list(number)(field(place, 'shape'));
  const data = list(number)(field(place, 'data'));
  const expected = shape.reduce((product, size) => product * size, 1);
  if (data.length !== expected) throw new TypeError(`${place.path}: ${data.length} elements do not fill [${shape.join(', ')}]`);
  return { shape, data };
}

function tolerance(place: Place): Tolerance {
  const ulp = optional(number)(field(place, 'ulp'));
  return ulp === undefined ? { rtol: number(field(place, 'rtol')), atol: number(field(place, 'atol')) } : { ulp };
}
