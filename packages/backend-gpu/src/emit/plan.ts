import type { Artifact, Program } from '@xcorr/compiler';
import type { ModeName } from '../modes.ts';

/** One kernel of gpu.js, launched once a run: each thread computes one element of one buffer. */
export interface KernelPlan {
  /** The nest that it was made of. */
  readonly name: string;
  /** A function as gpu.js translates it. Its parameters are the buffers that it reads, then the special numbers. */
  readonly source: string;
  /** Buffers, in the order of the parameters; each is read flat, in row-major order. */
  readonly reads: readonly string[];
  /**
   * Numbers that are given as scalar arguments behind the buffers: those that no literal of every mode can say, as infinities,
   * and divisors, which compilers of shaders would make factors of.
   */
  readonly specials: readonly number[];
  /** The buffer that it makes anew. */
  readonly writes: string;
  /** Threads along x, y and z; x + X * (y + Y * z) is the flat index of the element. */
  readonly threads: readonly [number] | readonly [number, number] | readonly [number, number, number];
  /** Names of the functions of `LaunchPlan.functions` that it calls, those that they call included. */
  readonly calls: readonly string[];
}

/** A function that kernels call. */
export interface FunctionPlan {
  readonly name: string;
  readonly source: string;
  readonly parameters: Readonly<Record<string, 'Integer' | 'Float'>>;
  readonly returns: 'Integer' | 'Float';
}

/** A program as data: what is launched, in order. */
export interface LaunchPlan {
  readonly mode: ModeName;
  readonly functions: readonly FunctionPlan[];
  readonly kernels: readonly KernelPlan[];
}

/** What emission for a GPU yields: the plan, and its sources as text to be read. */
export interface GpuArtifact extends Artifact {
  /** The program with the buffers that kernels need besides; some of its temporaries may be made by none. */
  readonly program: Program;
  readonly code: string;
  readonly plan: LaunchPlan;
}
