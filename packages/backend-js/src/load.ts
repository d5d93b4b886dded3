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

/**
 * Makes the emitted source run.
 *
 * @throws CompileError where the host forbids code made at run time (a content security policy without 'unsafe-eval').
 */
export function load({ code }: Artifact): HostProgram {
  if (typeof code !== 'string') throw new CompileError('js: the artifact holds bytes, not JavaScript source; it was emitted by another backend');
  let run: unknown;
  try {
    // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- running emitted source is what this backend is for
    run = new Function(code)();
  } catch (error) {
    if (error instanceof EvalError)
      throw new CompileError("js: this page forbids code made at run time\n  allow 'unsafe-eval' in its content security policy, or compile with closures() of @xcorr/backend-closures, which makes no code");
    throw error;
  }
  if (!isRun(run)) throw new CompileError('js: the artifact does not return a function');
  return { ranOn: 'js', run };
}
