/** A place on an axis that is named. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

/**
 * Round numbers from 0 to the last, about five of them: 1, 2 or 5 times a power of ten apart.
 *
 * @param last at least 1
 * @example
 * linearTicks(1000).map(({ value }) => value); // => [0, 200, 400, 600, 800, 1000]
 */
export function linearTicks(last: number): readonly Tick[] {
  const rough = last / 5;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(rough)));
  const distance = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? power;
  return Array.from({ length: Math.floor(last / distance) + 1 }, (_, index) => ({ value: index * distance, text: String(index * distance) }));
}

/** The range of exponents of ten that a logarithmic axis covers. */
export interface Decades {
  readonly lowest: number;
  readonly highest: number;
}

/** Whole decades around these numbers, at least one. @param values above 0 */
export function decadesAround(values: Iterable<number>): Decades {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const lowest = Math.floor(Math.log10(least));
  return { lowest, highest: Math.max(lowest + 1, Math.ceil(Math.log10(most))) };
}

/** Powers of ten, at most eight of them. */
export function logarithmicTicks({ lowest, highest }: Decades): readonly Tick[] {
  const every = Math.ceil((highest - lowest) / 7);
  return Array.from({ length: Math.floor((highest - lowest) / every) + 1 }, (_, index) => {
    const exponent = lowest + index * every;
    return { value: 10 ** exponent, text: `1e${exponent}` };
  });
}
