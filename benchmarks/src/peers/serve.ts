import { messageOf, timeOf } from '../measure.ts';
import { isRefusal, type Contender, type Job, type Opened } from '../contenders/contender.ts';
import { workloads } from '../workloads/all.ts';
import { encodeFrame, frameReader, type Frame } from './frames.ts';
import type { Question } from './remote.ts';

type Answer = Partial<Frame>;

/** Answers on its standard output what is asked on its standard input: the other end of `openRemote`. */
export function serve(contender: Contender): void {
  const jobs = new Map<unknown, Job>();
  let opened: Opened | undefined;
  const jobOf = ({ header }: Frame): Job => {
    const job = jobs.get(header['job']);
    if (job === undefined) throw new Error(`there is no job ${String(header['job'])}`);
    return job;
  };
  const answers: Readonly<Record<Question, (frame: Frame) => Answer | Promise<Answer>>> = {
    open: async () => {
      opened = await contender.open();
      return { header: { version: opened.version } };
    },
    prepare: async ({ header }) => {
      const workload = workloads.find(({ name }) => name === header['name']);
      if (opened === undefined || workload === undefined) throw new Error(`there is no workload ${String(header['name'])}`);
      const job = await opened.prepare(workload);
      if (isRefusal(job)) return { header: { cannot: job.cannot } };
      jobs.set(header['job'], job);
      return {};
    },
    feed: async (frame) => {
      const { image, target } = frame.arrays;
      await jobOf(frame).feed({ image, target });
      return {};
    },
    run: async (frame) => ({ header: { milliseconds: await timeOf(jobOf(frame), Number(frame.header['count'])) } }),
    result: async (frame) => ({ arrays: { result: await jobOf(frame).result() } }),
    dispose: async (frame) => {
      await jobOf(frame).dispose?.();
      jobs.delete(frame.header['job']);
      return {};
    },
  };
  const answer = async (frame: Frame): Promise<void> => {
    let given: Answer;
    try {
      const question = Object.entries(answers).find(([name]) => name === frame.header['question']);
      given = question === undefined ? { header: { error: 'what is asked is unknown' } } : await question[1](frame);
    } catch (error) {
      given = { header: { error: messageOf(error) } };
    }
    for (const piece of encodeFrame({ header: given.header ?? {}, arrays: given.arrays ?? {} })) process.stdout.write(piece);
  };
  const read = frameReader((frame) => void answer(frame));
  // What libraries have to say must not get between frames.
  console.log = console.error;
  process.stdin.on('data', (chunk: Buffer) => read(chunk));
  process.stdin.on('end', () => process.exit(0));
}
