import { spawn } from 'node:child_process';
import type { Opened, Job, Refusal } from '../contenders/contender.ts';
import type { Workload } from '../workloads/workload.ts';
import { encodeFrame, frameReader, type Frame } from './frames.ts';

/** What a peer's process is asked: to start, to prepare a workload, to take inputs, to run so many times, for what the last run gave. */
export type Question = 'open' | 'prepare' | 'feed' | 'run' | 'result' | 'dispose';

interface Waiting {
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A peer that runs in a process of its own, and measures its runs there.
 *
 * @throws Error with the process's last words where it does not start.
 */
export async function openRemote(command: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const waiting: Waiting[] = [];
  let lastWords = '';
  let ended: Error | undefined;
  const end = (reason: string): void => {
    ended = new Error(`${reason}${lastWords === '' ? '' : `: ${lastWords.trim().split('\n').at(-1) ?? ''}`}`);
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  child.on('error', (error) => end(error.message));
  child.on('exit', (status) => end(`the process ended with ${status ?? 'a signal'}`));
  child.stdin.on('error', () => {});
  child.stderr.on('data', (chunk: Buffer) => {
    lastWords = `${lastWords}${chunk.toString()}`.slice(-2000);
  });
  const read = frameReader((frame) => waiting.shift()?.resolve(frame));
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      end(error instanceof Error ? error.message : String(error));
    }
  });

  const ask = async (question: Question, header: Frame['header'] = {}, arrays: Frame['arrays'] = {}): Promise<Frame> => {
    const frame = await new Promise<Frame>((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ resolve, reject });
      for (const piece of encodeFrame({ header: { question, ...header }, arrays })) child.stdin.write(piece);
    });
    if (typeof frame.header['error'] === 'string') throw new Error(frame.header['error']);
    return frame;
  };

  const { version } = (await ask('open')).header;
  let jobs = 0;
  return {
    version: typeof version === 'string' ? version : 'unknown',
    prepare: (workload) => remoteJob(ask, jobs++, workload),
    close: () => {
      child.stdin.end();
      child.kill();
    },
  };
}

type Ask = (question: Question, header?: Frame['header'], arrays?: Frame['arrays']) => Promise<Frame>;

async function remoteJob(ask: Ask, job: number, workload: Workload): Promise<Job | Refusal> {
  const fields = { ...workload, ...('separable' in workload ? workload.separable : {}) };
  const settings = Object.fromEntries(Object.entries(fields).filter(([, value]) => ['number', 'string', 'boolean'].includes(typeof value)));
  const arrays = Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value instanceof Float32Array ? [[name, value] as const] : [])));
  const { header } = await ask('prepare', { job, ...settings }, arrays);
  if (typeof header['cannot'] === 'string') return { cannot: header['cannot'] };
  const runMany = async (count: number): Promise<number> => {
    const answer = await ask('run', { job, count });
    return Number(answer.header['milliseconds']);
  };
  return {
    feed: async ({ image, target }) => {
      await ask('feed', { job }, { image, target });
    },
    run: async () => {
      await runMany(1);
    },
    runMany,
    result: async () => (await ask('result', { job })).arrays['result'],
    dispose: async () => {
      await ask('dispose', { job });
    },
  };
}
