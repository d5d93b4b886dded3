import type { ModeName } from '../modes.ts';
import type { FunctionName } from './functions/functions.ts';
import type { KernelPlan } from './plan.ts';

/** A loop whose iterations are threads. */
export interface ThreadLoop {
  readonly variable: string;
  readonly extent: number;
}

/** Which thread computes which iteration. */
export interface Threads {
  readonly counts: KernelPlan['threads'];
  /** Statements at the head of the kernel. */
  readonly lines: readonly string[];
  /** The integer that each loop variable is, as text. */
  readonly places: ReadonlyMap<string, string>;
}

const names = ['this.thread.x', 'this.thread.y', 'this.thread.z'] as const;

/** Floats hold whole numbers exactly so far. */
const exact = 2 ** 24;

const product = (loops: readonly ThreadLoop[]): number => loops.reduce((count, { extent }) => count * extent, 1);

/** A number of threads of which each is several iterations, outer before inner, taken apart. */
function takeApart(loops: readonly ThreadLoop[], thread: string, mode: ModeName, call: (name: FunctionName, ...operands: readonly string[]) => string): Omit<Threads, 'counts'> {
  const lines: string[] = [];
  const places = new Map<string, string>();
  let above: string | undefined;
  loops.forEach(({ variable, extent }, position) => {
    const below = product(loops.slice(position + 1));
    const divide = (value: string): string => (below === 1 ? value : mode === 'cpu' ? `Math.floor(${value} / ${below})` : call('wholeQuotient', value, String(below)));
    // What is left of the thread's number when the outer iterations are taken off.
    const text = divide(above === undefined ? thread : `(${thread} - ${above} * ${below * extent})`);
    let place = text;
    if (mode === 'cpu' || extent <= exact) {
      lines.push(`const ${variable} = ${text};`);
      place = mode === 'cpu' ? variable : call('wholeOf', variable);
    }
    places.set(variable, place);
    above = above === undefined ? place : `(${above} * ${extent} + ${place})`;
  });
  return { lines, places };
}

/**
 * Gives the iterations of loops, outer before inner, to threads: the innermost along x, the next along y, all others
 * along z, so that threads follow one another as elements do. In `cpu` mode all stand along x: gpu.js makes nested arrays of
 * other results, which are not read flat. So they do where a side is longer than textures can be.
 */
export function planThreads(loops: readonly ThreadLoop[], mode: ModeName, longestSide: number, call: (name: FunctionName, ...operands: readonly string[]) => string): Threads {
  const [x = 1, y, ...others] = loops.map(({ extent }) => extent).reverse();
  const isPlane = y !== undefined && others.length === 0;
  if (y === undefined || mode === 'cpu' || (isPlane && Math.max(x, y) > longestSide)) return { counts: [product(loops)], ...(loops.length > 1 ? takeApart(loops, names[0], mode, call) : alone(loops)) };
  const [inner, outer] = [loops.slice(-2), loops.slice(0, -2)];
  const [lower, upper] = [alone(inner.slice(1), names[0]), alone(inner.slice(0, 1), names[1])];
  if (isPlane) return { counts: [x, y], lines: [], places: new Map([...lower.places, ...upper.places]) };
  const rest = outer.length === 1 ? alone(outer, names[2]) : takeApart(outer, names[2], mode, call);
  return { counts: [x, y, product(outer)], lines: rest.lines, places: new Map([...lower.places, ...upper.places, ...rest.places]) };
}

/** At most one loop along a direction. */
function alone(loops: readonly ThreadLoop[], name: string = names[0]): Omit<Threads, 'counts'> {
  return { lines: [], places: new Map(loops.map(({ variable }) => [variable, name])) };
}
