import type { Artifact, HostProgram } from '@xcorr/compiler';
import { CompileError, type TypedArray } from '@xcorr/graph';
import type { Kernel } from '@xcorr/threads';
import { evaluateCode } from '../load.ts';

/** What the nests of a program work on. */
export interface Memory {
  /** An array for each buffer of the program, in its order. */
  readonly buffers: readonly TypedArray[];
  readonly sizes: readonly number[];
}

/** Emitted source, evaluated. */
export interface BandedCode {
  readonly source: string;
  /** Runs all of the program on the calling thread. */
  readonly whole: HostProgram['run'];
  readonly kernels: readonly Kernel<Memory>[];
  readonly areBanded: readonly boolean[];
}

function isBanded(value: unknown): value is Omit<BandedCode, 'source'> {
  return typeof value === 'object' && value !== null && 'whole' in value && typeof value.whole === 'function' && 'kernels' in value && Array.isArray(value.kernels) && 'areBanded' in value && Array.isArray(value.areBanded);
}

/**
 * @throws CompileError where the host forbids code made at run time, or another backend emitted the artifact; the
 * artifacts of `js()` and of `js({ threads })` are no other's.
 */
export function loadBanded({ code }: Artifact): BandedCode {
  const value = evaluateCode(code);
  if (!isBanded(value) || typeof code !== 'string') throw new CompileError('js: the artifact does not return kernels; it was emitted by another backend');
  return { ...value, source: code };
}
