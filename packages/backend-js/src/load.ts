import type { Artifact, HostProgram } from '@xcorr/compiler';
import { CompileError } from '@xcorr/graph';

function isRun(value: unknown): value is HostProgram['run'] {
  return typeof value === 'function';
}

/**
 * Whether the engine makes code at run time here, as `js()` needs it; a content security policy may forbid it.
 *
 * @example
 * mayMakeCode(); // => true
 */
export function mayMakeCode(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- whether it is refused is what is asked
    return typeof new Function('return true') === 'function';
  } catch {
    return false;
  }
}

/** @throws CompileError where the host forbids code made at run time, or it is no source. */
export function evaluateCode(code: Artifact['code']): unknown {
  if (typeof code !== 'string') throw new CompileError('js: the artifact holds bytes, not JavaScript source; it was emitted by another backend');
  try {
    // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- running emitted source is what this backend is for
    const value: unknown = new Function(code)();
    return value;
  } catch (error) {
    if (error instanceof EvalError)
      throw new CompileError("js: this page forbids code made at run time\n  allow 'unsafe-eval' in its content security policy, or compile with closures() of @xcorr/backend-closures, which makes no code");
    // Where the source is this backend's own, the mistake is, too.
    if (code.startsWith('"use strict";')) throw error;
    throw new CompileError(`js: the artifact is no source of this backend: ${String(error)}; it was emitted by another one`);
  }
}

/**
 * Makes the emitted source run.
 *
 * @throws CompileError where the host forbids code made at run time (a content security policy without 'unsafe-eval'), or
 * another backend emitted the artifact.
 */
export function load({ code }: Artifact): HostProgram {
  const run = evaluateCode(code);
  if (!isRun(run)) throw new CompileError('js: the artifact does not return a function; it was emitted by another backend');
  return { ranOn: 'js', run };
}
