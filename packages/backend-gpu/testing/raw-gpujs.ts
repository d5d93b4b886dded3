// gpu.js as its users write it, for what xcorr is measured and guarded against. Its own types refuse sources that are strings.

export type RawKernel = ((...values: readonly unknown[]) => unknown) & { readonly setConstants: (constants: Readonly<Record<string, number>>) => unknown };

export interface RawGpu {
  readonly createKernel: (source: string, settings: object) => RawKernel;
  readonly destroy: () => unknown;
}

interface RawModule {
  readonly GPU: new (settings: { readonly mode: string }) => RawGpu;
}

/** What kernels of GPUs give: a texture or a buffer, which can be read and given back. */
export interface Handle {
  readonly toArray: () => unknown;
  readonly delete: () => void;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isModule(value: unknown): value is RawModule {
  return isObject(value) && 'GPU' in value && typeof value.GPU === 'function';
}

/** Opens gpu.js itself in a mode. */
export async function rawGpu(mode: string): Promise<RawGpu> {
  const module: unknown = await import('gpu.js');
  const candidates = [module, isObject(module) && 'default' in module ? module.default : undefined];
  const found = candidates.find(isModule);
  if (found === undefined) throw new TypeError('gpu.js exports no GPU');
  return new found.GPU({ mode });
}

export function isHandle(value: unknown): value is Handle {
  return isObject(value) && 'toArray' in value && 'delete' in value;
}

/** The numbers that a kernel gave, in one row: what it returned, or what its handle holds. */
export async function numbersOf(value: unknown): Promise<readonly number[]> {
  const awaited: unknown = await value;
  const held: unknown = isHandle(awaited) ? await awaited.toArray() : awaited;
  return flat(held);
}

function flat(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (value instanceof Float32Array) return [...value];
  if (Array.isArray(value)) return value.flatMap(flat);
  throw new TypeError(`a kernel gave ${String(value)}, which is no list of numbers`);
}

/** Gives back what a kernel gave. */
export function giveBack(value: unknown): void {
  if (isHandle(value)) value.delete();
}
