import { evaluateInteger, NdArray, ValueError, variablesOf } from '@xcorr/graph';
import type { CheckedSpec } from '../graph.ts';
import { arrayOf } from '../run/memory-space.ts';

/** Numbers from 0 to 1 that are always the same: a linear congruential generator (Numerical Recipes, 1992). */
function seededNumbers(count: number): Float64Array {
  let state = 1;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  });
}

/**
 * A feed for each input, of numbers from 0 to 1 or bytes.
 *
 * @throws ValueError when a named size has no number.
 */
export function seededFeeds({ graph, inputNames }: CheckedSpec, sizes: ReadonlyMap<string, number>): Readonly<Record<string, NdArray>> {
  const open = new Set(graph.inputs.flatMap(({ shape }) => shape.flatMap(variablesOf)).flatMap(({ name }) => (sizes.has(name) ? [] : [name])));
  if (open.size > 0)
    throw new ValueError(`tune: the sizes ${[...open].join(', ')} have no number, and a program is measured at some\n  give sizes: new Map([[${JSON.stringify([...open][0])}, 512]]), or feeds of the size that matters`);
  return Object.fromEntries(
    graph.inputs.map(({ shape, dtype, attributes }, at) => {
      const literal = shape.map((size) => evaluateInteger(size, sizes));
      const storage = attributes.storage ?? dtype;
      const numbers = seededNumbers(literal.reduce((product, size) => product * size, 1));
      return [inputNames[at] ?? '', new NdArray(literal, arrayOf[storage].from(storage === 'uint8' ? numbers.map((value) => Math.floor(256 * value)) : numbers))];
    }),
  );
}
