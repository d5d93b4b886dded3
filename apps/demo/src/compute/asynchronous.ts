import type { Backend } from '@xcorr/compiler';
import { deviceOfHost } from '@xcorr/compiler/device';

/** A synchronous backend as an asynchronous one: what runs a program awaits it, wherever it runs. */
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
