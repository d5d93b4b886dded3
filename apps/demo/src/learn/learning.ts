import { signal, type ReadonlySignal } from '@preact/signals';
import { proxy, wrap, type Remote } from 'comlink';
import type { Matrix } from '../page/matrix-text.ts';
import type { Standing } from './course.ts';
import { emptyCurve, extended, type Curve } from './curve.ts';
import type { Ending, Goal, LearnWorker, Opened, Start, Update } from './learn.worker.ts';
import { sizeOf, targetSize, type Problem, type Size } from './problem.ts';

/** What learning is about to do or came to; `opening` before the first step can be made. */
export type Phase = 'opening' | 'ready' | 'learning' | Ending;

/** Everything that the tab shows of a run. */
export type Live = {
  readonly phase: Phase;
  readonly curve: Curve;
  readonly kernel: Matrix;
  readonly response: Float32Array;
  /** The rate of all steps so far; undefined before the first, and `mixed` once it was changed on the way. */
  readonly rate: number | 'mixed' | undefined;
  /** The rate of the last steps. */
  readonly lastRate: number;
};

/** A problem with what the worker made of it. */
export type OpenProblem = Omit<Opened, 'standing'> & { readonly problem: Problem; readonly targetSize: Size };

export type Learning = {
  readonly live: ReadonlySignal<Live>;
  readonly opened: ReadonlySignal<OpenProblem | undefined>;
  /** Why nothing can be learned: a photograph that did not come, a worker that did not start. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** Opens a problem unless it is open, and begins from a start unless that was begun from; `anew` begins in any case. */
  readonly show: (problem: Problem, start: Start, how?: { readonly anew?: boolean }) => void;
  readonly adjust: (goal: Goal) => void;
  readonly learn: () => Promise<void>;
  readonly step: () => Promise<void>;
  readonly pause: () => void;
};

const nothing: Live = { phase: 'opening', curve: emptyCurve, kernel: [], response: new Float32Array(0), rate: undefined, lastRate: 0 };

/** Learning in a worker of its own, from the first time that something is opened. */
export function createLearning(): Learning {
  const live = signal<Live>(nothing);
  const opened = signal<OpenProblem | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  let remote: Remote<LearnWorker> | undefined;
  let rate = 0;
  /** What comes back for an earlier run, or an earlier problem, is dropped. */
  let run = 0;
  let problems = 0;
  let opening: Promise<void> = Promise.resolve();
  let [shownProblem, shownStart] = ['', ''];

  const worker = (): Remote<LearnWorker> => {
    if (remote !== undefined) return remote;
    const made = new Worker(new URL('./learn.worker.ts', import.meta.url), { type: 'module' });
    made.addEventListener('error', (event) => {
      failure.value = event.message === '' ? 'worker' : event.message;
    });
    remote = wrap<LearnWorker>(made);
    return remote;
  };

  const fail = (problem: unknown): void => {
    failure.value = problem instanceof Error ? problem.message : String(problem);
    live.value = { ...live.value, phase: 'opening' };
  };

  const stand = ({ kernel, response }: Standing): void => {
    live.value = { phase: 'ready', curve: emptyCurve, kernel, response, rate: undefined, lastRate: rate };
  };

  const take = (mine: number, { losses, kernel, response, ending }: Update): void => {
    if (mine !== run) return;
    const { curve, phase, rate: before } = live.value;
    const ofAll = losses.length === 0 ? before : before === undefined || before === rate ? rate : 'mixed';
    live.value = { phase: ending ?? phase, curve: extended(curve, losses), kernel, response, rate: ofAll, lastRate: rate };
  };

  const begin = async (start: Start): Promise<void> => {
    const mine = ++run;
    await opening;
    if (mine !== run || failure.value !== undefined) return;
    try {
      const standing = await worker().begin(start);
      if (mine === run) stand(standing);
    } catch (problem) {
      if (mine === run) fail(problem);
    }
  };

  const open = async (problem: Problem, start: Start): Promise<void> => {
    const mine = ++problems;
    const mineRun = ++run;
    live.value = { ...live.value, phase: 'opening', curve: emptyCurve, rate: undefined };
    try {
      const { standing, ...rest } = await worker().open(problem, start);
      if (mine !== problems) return;
      failure.value = undefined;
      opened.value = { ...rest, problem, targetSize: targetSize(problem.image, sizeOf(problem.kernel)) };
      if (mineRun === run) stand(standing);
    } catch (reason) {
      if (mine !== problems) return;
      // So that the same problem can be tried again.
      shownProblem = '';
      fail(reason);
    }
  };

  return {
    live,
    opened,
    failure,
    show: (problem, start, { anew = false } = {}) => {
      const [problemKey, startKey] = [JSON.stringify(problem), JSON.stringify(start)];
      const isOpen = problemKey === shownProblem;
      if (isOpen && startKey === shownStart && !anew) return;
      [shownProblem, shownStart] = [problemKey, startKey];
      if (isOpen) {
        opening = begin(start);
        return;
      }
      opening = open(problem, start);
    },
    adjust: (goal) => {
      rate = goal.rate;
      void worker().adjust(goal);
    },
    learn: async () => {
      await opening;
      if (failure.value !== undefined || live.value.phase === 'learning') return;
      const mine = run;
      live.value = { ...live.value, phase: 'learning' };
      try {
        take(mine, await worker().learn(proxy((update: Update) => take(mine, update))));
      } catch (problem) {
        if (mine === run) fail(problem);
      }
    },
    step: async () => {
      await opening;
      if (failure.value !== undefined) return;
      const mine = run;
      try {
        take(mine, await worker().step());
      } catch (problem) {
        if (mine === run) fail(problem);
      }
    },
    pause: () => {
      if (live.value.phase === 'learning') void worker().pause();
    },
  };
}
