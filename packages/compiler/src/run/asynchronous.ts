import type { Backend } from '../backend.ts';
import { deviceOfHost } from './device-of-host.ts';

/**
 * A synchronous backend as an asynchronous one: the memory of its device is the host's. What runs programs is then written
 * once, and awaits them wherever they run.
 *
 * @example
 * const x = input('x', [2]);
 * const program = await compile({ inputs: { x }, outputs: { y: square(x) } }, asynchronous(js()));
 * (await program.run({ x: [2, 3] })).y.toNested(); // => [4, 9]
 */
export function asynchronous(backend: Backend<'sync'>): Backend<'async'> {
  return {
    ...backend,
    mode: 'async',
    detect: () => settled(backend.detect),
    load: (artifact) =>
      settled(() => {
        const { ranOn, run } = backend.load(artifact);
        return deviceOfHost(artifact.program, ranOn, (buffers, sizes, isAgain) => settled(() => run(buffers, sizes, isAgain)));
      }),
  };
}

/** What is thrown becomes a rejection. */
async function settled<Result>(work: () => Result): Promise<Result> {
  return work();
}
