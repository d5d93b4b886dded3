import type { Answer, Message } from './job.ts';
import { serve } from './worker.ts';

// The program of a thread, in Node and in browsers. Threads are sent its text: `worker-text.ts` is made of it.

/** The port to whoever started a thread of Node. */
interface ParentPort {
  readonly on: (event: 'message', take: (message: Message) => void) => void;
  readonly postMessage: (answer: Answer) => void;
}

declare const process: { readonly getBuiltinModule?: (name: 'node:worker_threads') => { readonly parentPort: ParentPort } } | undefined;
declare const self: { onmessage: (event: { readonly data: Message }) => void; readonly postMessage: (answer: Answer) => void };

const node = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:worker_threads');
if (node === undefined)
  serve({
    receive: (take) => {
      // oxlint-disable-next-line unicorn/prefer-add-event-listener -- with listeners, messages wait until they are asked for
      self.onmessage = ({ data }) => take(data);
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    say: (answer) => self.postMessage(answer),
  });
else
  serve({
    receive: (take) => node.parentPort.on('message', take),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has none
    say: (answer) => node.parentPort.postMessage(answer),
  });
