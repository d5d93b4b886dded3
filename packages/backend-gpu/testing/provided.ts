import type { Vectors } from '@xcorr/conformance';

/** What tests in a browser are given by Node. */
export interface Provided {
  /** Reference vectors; undefined where XCORR_VECTORS names no folder. */
  readonly vectors: Vectors | undefined;
  /** Whether more is asked for than every run should take. */
  readonly full: boolean;
}

declare module 'vitest' {
  // It is how vitest is told of them.
  interface ProvidedContext extends Provided {}
}
