import { bindSizes, checkSizes, FeedError, readFeed, suggest, topologicalOrder, type FedValue, type TypedArray } from '@xcorr/graph';
import type { CheckedSpec } from '../graph.ts';
import type { Buffer, Program } from '../program.ts';
import { arrayOf } from './memory-space.ts';
import { createBounded, type Variant } from './variants.ts';

export interface Slot {
  readonly buffer: Buffer;
  /** The name by which the caller knows it. */
  readonly name: string;
  /** Its position among the program's buffers. */
  readonly position: number;
}

/** Feeds that fit, and what runs for their sizes. */
export interface Fed<Ready> {
  readonly variant: Variant<Ready>;
  /** The values of the inputs in the program's order, as their buffers store them: the caller's own arrays where they can be read as they are. */
  readonly values: readonly TypedArray[];
}

/** How feeds become arrays, and what is ready to run. */
export interface Session<Ready> {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  readonly states: readonly Slot[];
  /** Checks the feeds. Nothing that persists is changed. */
  readonly feed: (feeds: Readonly<Record<string, unknown>>) => Fed<Ready>;
  /** The bindings of named sizes that are kept ready, at most four; the one used last comes last. */
  readonly variants: () => readonly Variant<Ready>[];
  /** Where no size has a name, what there is to run, once something ran. */
  readonly only: () => Variant<Ready> | undefined;
}

/** What a session needs to know of its program. */
export interface SessionOptions<Ready> {
  readonly program: Program;
  readonly checked: CheckedSpec;
  /** What runs for some sizes. */
  readonly variantFor: (sizes: ReadonlyMap<string, number>) => Variant<Ready>;
  /** Gives back what is no longer kept. */
  readonly forget?: (variant: Variant<Ready>) => void;
}

function slots(program: Program, role: Buffer['role'], names?: readonly string[]): readonly Slot[] {
  const found = program.buffers.flatMap((buffer, position) => (buffer.role === role ? [{ buffer, position }] : []));
  return found.map((slot, at) => ({ ...slot, name: names?.[at] ?? slot.buffer.label }));
}

/** The caller's own array where it can be read as it is. */
function stored(fed: FedValue, { storage }: Buffer): TypedArray {
  if (storage === 'uint8' || fed.data instanceof arrayOf[storage]) return fed.data;
  return arrayOf[storage].from(fed.data);
}

/** How many bindings of named sizes are kept ready. */
const keptVariants = 4;

export function createSession<Ready>({ program, checked, variantFor, forget }: SessionOptions<Ready>): Session<Ready> {
  const { graph, inputNames } = checked;
  const inputs = slots(program, 'input', inputNames);
  const nodes = topologicalOrder([...graph.outputs.map((each) => each.tensor), ...graph.updates.map((each) => each.next)]);
  const variants = createBounded<Variant<Ready>>(keptVariants, forget);
  let only: Variant<Ready> | undefined;
  return {
    inputs,
    outputs: slots(program, 'output'),
    states: slots(program, 'state'),
    variants: variants.values,
    only: () => only,
    feed: (feeds) => {
      if (typeof feeds !== 'object' || feeds === null) throw new FeedError(`run: an object with a value for each input is expected, not ${String(feeds)}`);
      for (const name of Object.keys(feeds))
        if (!inputNames.includes(name)) throw new FeedError(`run: there is no input ${JSON.stringify(name)}; ${suggest(name, inputNames, "program's inputs")}`);
      const fed = inputs.map(({ buffer, name }) => {
        if (!Object.hasOwn(feeds, name))
          throw new FeedError(`run: the input ${JSON.stringify(name)} is not fed\n  give its value: run({ ${JSON.stringify(name)}: … })`);
        return { buffer, name, value: readFeed(name, buffer.shape, buffer.storage, feeds[name]) };
      });
      const key = program.sizes.length === 0 ? '' : fed.map(({ value }) => value.shape.join('x')).join(',');
      const variant = variants.get(key, () => {
        const sizes = bindSizes(fed.map(({ buffer, name, value }) => ({ name, shape: buffer.shape, fed: value.shape })));
        checkSizes(nodes, sizes);
        return variantFor(sizes);
      });
      if (program.sizes.length === 0) only = variant;
      return { variant, values: fed.map(({ buffer, value }) => stored(value, buffer)) };
    },
  };
}
