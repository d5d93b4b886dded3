import { closures } from '@xcorr/backend-closures';
import { js, mayMakeCode } from '@xcorr/backend-js';
import type { Backend } from '@xcorr/compiler';

/**
 * The best of the backends that come with this package and give results when a call returns: JavaScript loops, or, where
 * a content security policy forbids code that is made at run time, closures. A later version may choose another where the
 * engine can do more. Results then agree within rounding and not to the bit; name a backend, `js()`, where they must.
 *
 * Nothing is chosen behind your back: the backend says its `name`, and what is compiled with it says what it `ranOn`.
 *
 * @example
 * const x = input('x', [2]);
 * const program = compile({ inputs: { x }, outputs: { y: square(x) } }, auto());
 * program.run({ x: [2, 3] }).y.toNested(); // => [4, 9]
 * program.ranOn; // => 'js'
 */
export function auto(): Backend<'sync'> {
  return mayMakeCode() ? js() : closures();
}
