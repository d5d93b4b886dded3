import type { FunctionPlan, KernelPlan } from '../emit/plan.ts';
import type { Limits, ModeName } from '../modes.ts';

/** How the elements of a buffer lie in a device's memory: as the threads of the kernel that writes it. */
export type Layout = KernelPlan['threads'];

export function lengthOf(layout: Layout): number {
  return layout.reduce((product, extent) => product * extent, 1);
}

/** A buffer in a device's memory. It stays as it is: what changes is another one. */
export interface Held {
  /** What kernels take. */
  readonly argument: unknown;
  /** A copy of its elements, in row-major order. */
  readonly read: () => Float32Array | Promise<Float32Array>;
  /** Gives it back; what was given back is never read again. */
  readonly free: () => void;
}

/** A kernel that is ready to run, one run after the other. */
export interface Launch {
  /** @param specials the numbers behind the buffers: what is compiled does not know them */
  readonly run: (reads: readonly Held[], specials: readonly number[]) => Held | Promise<Held>;
  /** Its program needs it no more, and all that it did was done: an equal kernel of another program may be this one. It is not run or destroyed by who gives it back so. */
  readonly giveBack: () => void;
  readonly destroy: () => void;
}

/**
 * What one program does on a device. Errors of drivers belong to nobody: a device says that it refused something, later, and
 * not of whom. So each program does its work under a watch of its own.
 */
export interface Watch {
  /** Does something, of which only what is done before its first `await` is watched. */
  readonly during: <Result>(work: () => Result) => Result;
  /**
   * Waits until the device has looked at what was done under this watch.
   *
   * @throws DeviceError when it refused any of that since it was asked last.
   */
  readonly check: () => Promise<void>;
}

/** Where kernels run and buffers are. Everything that differs between memories of textures, buffers and arrays is behind it. */
export interface Device {
  /** What its kernels really are, whatever was asked for. */
  readonly mode: ModeName;
  readonly limits: Limits;
  /** The name that the driver gives it; empty where it gives none. */
  readonly name: string;
  /** True where no graphics device computes, but a program does what one would. */
  readonly isSoftware: boolean;
  /** Begins to watch what somebody does. What is done under no watch is not checked. */
  readonly watch: () => Watch;
  readonly upload: (values: Float32Array, layout: Layout) => Held;
  /**
   * Compiles a kernel.
   *
   * @param layouts those of what it reads
   * @throws CompileError with the kernel's name when gpu.js or the driver refuses it.
   */
  readonly compile: (plan: KernelPlan, functions: readonly FunctionPlan[], layouts: readonly Layout[]) => Promise<Launch>;
  /** Marks what was launched so far. What it gives waits until that is done. */
  readonly mark: () => () => Promise<void>;
  /** Waits for kernels that were launched for the first time, for which a driver compiles for long: who reads without it may stop the page as long. */
  readonly warmed: () => Promise<void>;
  /** True for ever once its context was taken away. */
  readonly isLost: () => boolean;
  /** Textures or buffers that hold elements now, those that kernels keep for their next run included. */
  readonly live: () => number;
  readonly close: () => Promise<void>;
}
