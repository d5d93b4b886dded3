import type { Answer, Message } from './job.ts';
import { ThreadError } from './thread-error.ts';
import { workerText } from './worker-text.ts';

/** A thread that was started, and may not be there yet. */
export interface Thread {
  readonly post: (message: Message) => void;
  /** Whether the process stays alive for it. A thread is held until it is told otherwise. */
  readonly hold: (isHeld: boolean) => void;
  /** Ends it, whatever it does; there is no `ended` for it then. */
  readonly end: () => Promise<void>;
}

/** What becomes of a thread. */
export interface ThreadEvents {
  readonly said: (answer: Answer) => void;
  /** It ended by itself, or never started: why. */
  readonly ended: (reason: string) => void;
}

/** What is used of Node's `node:worker_threads`. */
interface NodeThreads {
  readonly Worker: new (source: string, options: { readonly eval: true; readonly execArgv: readonly string[]; readonly name: string }) => NodeWorker;
}

interface NodeWorker {
  readonly on: ((event: 'message', listener: (answer: Answer) => void) => void) & ((event: 'error', listener: (error: unknown) => void) => void) & ((event: 'exit', listener: (code: number) => void) => void);
  readonly postMessage: (message: Message) => void;
  readonly ref: () => void;
  readonly unref: () => void;
  readonly terminate: () => Promise<unknown>;
}

/** What is used of a browser's `Worker`. */
interface WebWorker {
  readonly addEventListener: ((event: 'message', listener: (event: { readonly data: Answer }) => void) => void) &
    ((event: 'error', listener: (event: { readonly message?: string; readonly preventDefault: () => void }) => void) => void);
  readonly postMessage: (message: Message) => void;
  readonly terminate: () => void;
}

declare const process: { readonly getBuiltinModule?: (name: 'node:worker_threads') => NodeThreads | undefined } | undefined;
declare const Worker: (new (url: string, options: { readonly name: string }) => WebWorker) | undefined;
declare const Blob: new (parts: readonly string[], options: { readonly type: string }) => object;
declare const URL: { readonly createObjectURL: (blob: object) => string; readonly revokeObjectURL: (url: string) => void };

function nodeThreads(): NodeThreads | undefined {
  return typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:worker_threads');
}

/**
 * Why there can be no threads here, and what would mend it; undefined where there can. In Node there always can.
 *
 * @example
 * whyNoThreads(); // => undefined
 */
export function whyNoThreads(): string | undefined {
  if (nodeThreads() !== undefined) return undefined;
  if (typeof SharedArrayBuffer === 'undefined')
    return 'threads share memory, which browsers allow to pages that are isolated from other origins alone\n  serve the page with the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"';
  return typeof Worker === 'undefined' ? 'this engine has no Worker to start threads with' : undefined;
}

/** Whether the calling thread may sleep: a page's own may not. */
export function maySleep(): boolean {
  try {
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0) === 'not-equal';
  } catch {
    return false;
  }
}

/** @throws ThreadError where there can be no threads. */
export function startThread(name: string, events: ThreadEvents): Thread {
  const why = whyNoThreads();
  if (why !== undefined) throw new ThreadError(why);
  const node = nodeThreads();
  return node === undefined ? startInBrowser(name, events) : startInNode(node, name, events);
}

function startInNode({ Worker }: NodeThreads, name: string, { said, ended }: ThreadEvents): Thread {
  // Of the process's own flags none is for a thread: --input-type would make a module of its source.
  const worker = new Worker(workerText, { eval: true, execArgv: [], name });
  let isEnding = false;
  let reason: string | undefined;
  worker.on('message', said);
  worker.on('error', (error) => {
    reason = String(error);
  });
  worker.on('exit', (code) => {
    if (!isEnding) ended(reason ?? `it exited with code ${code}`);
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    post: (message) => worker.postMessage(message),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end: async () => {
      isEnding = true;
      await worker.terminate();
    },
  };
}

function startInBrowser(name: string, { said, ended }: ThreadEvents): Thread {
  if (Worker === undefined) throw new ThreadError('this engine has no Worker to start threads with');
  const url = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));
  const worker = new Worker(url, { name });
  worker.addEventListener('message', ({ data }) => {
    URL.revokeObjectURL(url);
    said(data);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    URL.revokeObjectURL(url);
    ended(event.message ?? "it could not be loaded; a content security policy must allow 'worker-src blob:'");
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    post: (message) => worker.postMessage(message),
    // Pages live on without them.
    hold: () => undefined,
    end: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
}
