import { exact, quotient, wholeLocal } from './integers.ts';
import type { KernelPlan } from './plan.ts';
import type { Writing } from './writing.ts';

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

const product = (loops: readonly ThreadLoop[]): number => loops.reduce((count, { extent }) => count * extent, 1);

/** A number of threads of which each is several iterations, outer before inner, taken apart. */
function takeApart(loops: readonly ThreadLoop[], thread: string, writing: Pick<Writing, 'mode' | 'call'>): Omit<Threads, 'counts'> {
  const lines: string[] = [];
  const places = new Map<string, string>();
  let above: string | undefined;
  loops.forEach(({ variable, extent }, position) => {
    const below = product(loops.slice(position + 1));
    // What is left of the thread's number when the outer iterations are taken off.
    const left = above === undefined ? thread : `(${thread} - ${above} * ${below * extent})`;
    const text = below === 1 ? left : quotient(left, String(below), writing);
    const isLocal = writing.mode === 'cpu' || extent <= exact;
    if (isLocal) lines.push(`const ${variable} = ${text};`);
    const place = isLocal ? wholeLocal(variable, writing) : text;
    places.set(variable, place);
    above = above === undefined ? place : `(${above} * ${extent} + ${place})`;
  });
  return { lines, places };
}

/**
 * Gives the iterations of loops, outer before inner, to threads: the innermost along x, the next along y, all others
 * along z, so that threads follow one another as elements do. In `cpu` mode all stand along x: gpu.js makes nested arrays of
 * other results, which are not read flat. So they do where a direction is longer than there can be: a side of a texture, or
 * the groups of threads of WebGPU, which gpu.js folds by itself along one direction alone. Textures of three directions
 * have sides that gpu.js chooses.
 */
export function planThreads(loops: readonly ThreadLoop[], longestSide: number, writing: Pick<Writing, 'mode' | 'call'>): Threads {
  const [x = 1, y, ...others] = loops.map(({ extent }) => extent).reverse();
  const isPlane = y !== undefined && others.length === 0;
  const longest = isPlane || writing.mode === 'webgpu' ? Math.max(x, y ?? 1, product(loops.slice(0, -2))) : 1;
  if (y === undefined || writing.mode === 'cpu' || longest > longestSide) return { counts: [product(loops)], ...(loops.length > 1 ? takeApart(loops, names[0], writing) : alone(loops)) };
  const [inner, outer] = [loops.slice(-2), loops.slice(0, -2)];
  const [lower, upper] = [alone(inner.slice(1), names[0]), alone(inner.slice(0, 1), names[1])];
  if (isPlane) return { counts: [x, y], lines: [], places: new Map([...lower.places, ...upper.places]) };
  const rest = outer.length === 1 ? alone(outer, names[2]) : takeApart(outer, names[2], writing);
  return { counts: [x, y, product(outer)], lines: rest.lines, places: new Map([...lower.places, ...upper.places, ...rest.places]) };
}

/** At most one loop along a direction. */
function alone(loops: readonly ThreadLoop[], name: string = names[0]): Omit<Threads, 'counts'> {
  return { lines: [], places: new Map(loops.map(({ variable }) => [variable, name])) };
}
