import { closures } from '@xcorr/backend-closures';
import { js, mayMakeCode } from '@xcorr/backend-js';
import type { Backend } from '@xcorr/compiler';

/**
 * Where work of the processor runs: JavaScript loops that are made at run time, or, where a content security policy forbids
 * them, closures. `loops` says which, so that the page can say so.
 */
export type ProcessorChoice = { readonly backend: Backend<'sync'>; readonly loops: boolean };

export function chooseProcessor(): ProcessorChoice {
  return mayMakeCode() ? { backend: js(), loops: true } : { backend: closures(), loops: false };
}
