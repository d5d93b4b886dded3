import type { Answer, Kernel, Message } from './job.ts';
import { takeBands, type Taker } from './take-bands.ts';

declare const performance: { readonly now: () => number };

/** What a thread has of the host it runs in. */
export interface WorkerHost {
  readonly receive: (take: (message: Message) => void) => void;
  readonly say: (answer: Answer) => void;
}

function isCode(value: unknown): value is { readonly kernels: readonly Kernel<unknown>[] } {
  return typeof value === 'object' && value !== null && 'kernels' in value && Array.isArray(value.kernels);
}

/**
 * A thread's whole life: it takes bands of jobs; where there are none it looks for some microseconds whether one comes,
 * then sleeps.
 */
export function serve(host: WorkerHost): void {
  const codes = new Map<number, readonly Kernel<unknown>[] | Error>();
  const memories = new Map<number, unknown>();
  let start: Extract<Message, { readonly kind: 'start' }> | undefined;
  let received = 0;

  const evaluate = (source: string): readonly Kernel<unknown>[] | Error => {
    try {
      // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- threads are sent code to run it
      const value: unknown = new Function(source)();
      return isCode(value) ? value.kernels : new Error('a thread was sent code without kernels');
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };

  const work = ({ words, text, places, spin }: Extract<Message, { readonly kind: 'start' }>): void => {
    const fail = (error: unknown): void => {
      if (Atomics.compareExchange(words, places.failed, 0, 1) !== 0) return;
      const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const length = Math.min(said.length, text.length);
      for (let at = 0; at < length; at++) text[at] = said.charCodeAt(at);
      words[places.failure] = length;
    };
    const run = (begin: number, end: number): void => {
      try {
        const kernels = codes.get(words[places.code] ?? 0);
        if (kernels instanceof Error) throw kernels;
        const kernel = kernels?.[words[places.kernel] ?? 0];
        if (kernel === undefined) throw new Error('a thread was asked for a kernel that it was not sent');
        kernel(memories.get(words[places.memory] ?? 0), begin, end);
      } catch (error) {
        fail(error);
      }
    };
    const taker: Taker = {
      isInformed: () => Atomics.load(words, places.mail) === received,
      run,
      finishedAll: () => {
        Atomics.notify(words, places.finished);
        if (Atomics.load(words, places.listening) === 1) host.say('done');
      },
    };
    /** Looks at the bell for a while, then sleeps until it changes. */
    const waitFor = (rung: number): void => {
      const until = performance.now() + spin;
      do {
        for (let look = 0; look < 100; look++) if (Atomics.load(words, places.bell) !== rung) return;
      } while (performance.now() < until);
      Atomics.add(words, places.sleepers, 1);
      Atomics.wait(words, places.bell, rung);
      Atomics.sub(words, places.sleepers, 1);
    };
    for (;;) {
      const rung = Atomics.load(words, places.bell);
      // Messages come through the event loop alone.
      if (!taker.isInformed()) return;
      takeBands(words, places, taker);
      waitFor(rung);
    }
  };

  host.receive((message) => {
    if (message.kind === 'start') {
      start = message;
      host.say('ready');
    } else {
      received++;
      if (message.kind === 'code') codes.set(message.id, evaluate(message.source));
      else if (message.kind === 'memory') memories.set(message.id, message.memory);
      else {
        codes.delete(message.id);
        memories.delete(message.id);
      }
    }
    if (start !== undefined && Atomics.load(start.words, start.places.mail) === received) work(start);
  });
}
