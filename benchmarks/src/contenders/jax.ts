import { openRemote } from '../peers/remote.ts';
import type { Contender } from './contender.ts';

/** jax-js on WebAssembly, in a process of its own: other libraries define a global `Worker`, which it then asks for. */
export const jax: Contender = {
  name: 'jax-js',
  threads: 1,
  open: () => openRemote(process.execPath, [new URL('../peers/jax-process.js', import.meta.url).pathname]),
};
