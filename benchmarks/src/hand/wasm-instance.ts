import { get, localsAfter, relaxedMultiplyAdd, set, splat, encodeModule, type FunctionCode } from './encoder.ts';

/** Addresses and counts; what a function does not take is ignored. */
export type WasmFunction = (...numbers: readonly number[]) => void;

function isWasmFunction(value: unknown): value is WasmFunction {
  return typeof value === 'function';
}

/** Places in a memory, one after the other. */
export interface Places {
  /** The address of so many floats, with room behind them for a vector's overhang. */
  readonly floats: (count: number) => number;
  readonly bytes: () => number;
}

export function places(): Places {
  let end = 1024;
  return {
    floats: (count) => {
      const start = end;
      end = Math.ceil((end + count * 4 + 192) / 64) * 64;
      return start;
    },
    bytes: () => end,
  };
}

/** What runs in a memory of its own. */
export interface WasmInstance {
  readonly memory: Float32Array;
  /** @throws Error when the module has no such function. */
  readonly call: (name: string) => WasmFunction;
}

const pageBytes = 65_536;

export function instantiate(functions: readonly FunctionCode[], bytes: number): WasmInstance {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) + 1, maximum: pageBytes });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encodeModule(functions)), { env: { memory } });
  return {
    memory: new Float32Array(memory.buffer),
    call: (name) => {
      const found = exports[name];
      if (!isWasmFunction(found)) throw new Error(`the module has no function ${name}`);
      return found;
    },
  };
}

/** Whether the engine has relaxed SIMD: a product and a sum in one instruction. */
export function hasRelaxedSimd(): boolean {
  const locals = localsAfter(0);
  const local = locals.vector();
  const body = set(local, relaxedMultiplyAdd(get(local), get(local), splat(1)));
  return WebAssembly.validate(encodeModule([{ name: 'probe', parameters: 0, locals: locals.types, body }]));
}
