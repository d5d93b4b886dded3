import type { NamedOutputs, ProgramSpec } from '@xcorr/compiler';
import { checkSizes, specialise, suggest, topologicalOrder, variablesOf, type Tensor } from '@xcorr/graph';
import { InvalidArgumentError } from 'commander';
import { CommandError } from '../command-error.ts';

/** Numbers for named sizes. */
export type Sizes = ReadonlyMap<string, number>;

/**
 * Reads `--sizes`.
 *
 * @throws InvalidArgumentError, which the command line reports.
 * @example
 * parseSizes('H=480,W=640'); // => new Map([['H', 480], ['W', 640]])
 */
export function parseSizes(text: string): Sizes {
  return new Map(
    text.split(',').map((each) => {
      const [, name, digits] = /^\s*([^=\s]+)\s*=\s*(\d{1,9})\s*$/.exec(each) ?? [];
      if (name === undefined || Number(digits) < 1) throw new InvalidArgumentError('Give each size a whole number of at least 1, such as H=480,W=640.');
      return [name, Number(digits)] as const;
    }),
  );
}

function tensorOf(output: NamedOutputs[string]): Tensor {
  return 'tensor' in output ? output.tensor : output;
}

function nodesOf({ inputs = {}, outputs, updates = [] }: ProgramSpec): readonly Tensor[] {
  return topologicalOrder([...Object.values(inputs), ...Object.values(outputs).map(tensorOf), ...updates.map(([, next]) => next)]);
}

/** The sizes that a program leaves open. */
export function namedSizes(spec: ProgramSpec): readonly string[] {
  return [...new Set(nodesOf(spec).flatMap((node) => node.shape.flatMap((size) => variablesOf(size).map(({ name }) => name))))];
}

/**
 * The program for these sizes alone.
 *
 * @throws CommandError when it has no such size, or one is left open; ShapeError when they do not fit.
 */
export function withSizes(spec: ProgramSpec, sizes: Sizes): ProgramSpec {
  const names = namedSizes(spec);
  for (const name of sizes.keys()) if (!names.includes(name)) throw new CommandError(`--sizes: the program has no size ${JSON.stringify(name)}\n  ${suggest(name, names, 'sizes of the program')}`);
  const open = names.filter((name) => !sizes.has(name));
  if (open.length > 0) throw new CommandError(`--sizes: there is no number for ${open.join(', ')}\n  give all of them: ${example(names)}`);
  const nodes = nodesOf(spec);
  checkSizes(nodes, sizes);
  const by = specialise(nodes, sizes);
  const sized = (tensor: Tensor): Tensor => by.get(tensor) ?? tensor;
  return {
    inputs: Object.fromEntries(Object.entries(spec.inputs ?? {}).map(([name, tensor]) => [name, sized(tensor)])),
    state: spec.state ?? {},
    outputs: Object.fromEntries(Object.entries(spec.outputs).map(([name, output]) => [name, 'tensor' in output ? { ...output, tensor: sized(output.tensor) } : sized(output)])),
    updates: (spec.updates ?? []).map(([state, next]) => [state, sized(next)] as const),
  };
}

/** How sizes of these names are given. */
export function example(names: readonly string[]): string {
  return `--sizes ${names.map((name, index) => `${name}=${[480, 640][index] ?? 3}`).join(',')}`;
}
