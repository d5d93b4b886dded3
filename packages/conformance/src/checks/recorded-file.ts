import borders from '../../recorded/borders.json' with { type: 'json' };
import vectors from '../../recorded/vectors.json' with { type: 'json' };

/** Row-major elements and their shape. */
export interface RecordedArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What another library gave for an operation. */
export interface RecordedCase {
  readonly operation: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, RecordedArray>>;
  readonly outputs: Readonly<Record<string, RecordedArray>>;
  /** Relative to the largest magnitude of each result. */
  readonly tolerance: number;
}

export interface RecordedFile {
  /** Library, version and licence. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly cases: readonly RecordedCase[];
}

function fail(path: string, expected: string): never {
  throw new TypeError(`recorded: ${path} is not ${expected}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const record = (value: unknown, path: string): Readonly<Record<string, unknown>> => (isRecord(value) ? value : fail(path, 'an object'));
const text = (value: unknown, path: string): string => (typeof value === 'string' ? value : fail(path, 'a text'));
const number = (value: unknown, path: string): number => (typeof value === 'number' ? value : fail(path, 'a number'));
const list = (value: unknown, path: string): readonly unknown[] => (Array.isArray(value) ? value : fail(path, 'a list'));

/** A list of numbers. */
export const numbers = (value: unknown, path: string): readonly number[] => list(value, path).map((each, index) => number(each, `${path}[${index}]`));

function arrays(value: unknown, path: string): Readonly<Record<string, RecordedArray>> {
  return Object.fromEntries(
    Object.entries(record(value, path)).map(([name, each]) => {
      const { shape, data } = record(each, `${path}.${name}`);
      const read = { shape: numbers(shape, `${path}.${name}.shape`), data: numbers(data, `${path}.${name}.data`) };
      const count = read.shape.reduce((product, size) => product * size, 1);
      if (count !== read.data.length) fail(`${path}.${name}.data`, `a list of ${count} numbers`);
      return [name, read];
    }),
  );
}

/**
 * What a script of `recorded/` wrote, as it is read from JSON.
 *
 * @throws TypeError naming the field that is not as it should be.
 */
export function checkedFile(value: unknown): RecordedFile {
  const root = record(value, 'the file');
  return {
    about: record(root['about'], 'about'),
    cases: list(root['cases'], 'cases').map((each, index) => {
      const path = `cases[${index}]`;
      const fields = record(each, path);
      return {
        operation: text(fields['operation'], `${path}.operation`),
        id: text(fields['id'], `${path}.id`),
        attributes: record(fields['attributes'], `${path}.attributes`),
        inputs: arrays(fields['inputs'], `${path}.inputs`),
        outputs: arrays(fields['outputs'], `${path}.outputs`),
        tolerance: number(fields['tolerance'], `${path}.tolerance`),
      };
    }),
  };
}

/** The package's own files: what TensorFlow.js gave, and borders as NumPy and SciPy have them. */
export const recordedFiles: Readonly<Record<'tensorflow' | 'borders', () => RecordedFile>> = {
  tensorflow: () => checkedFile(vectors),
  borders: () => checkedFile(borders),
};
