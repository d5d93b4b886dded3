import type { NdArray } from '@xcorr/graph';
import type { Curvatures } from '@xcorr/nn';
import { expose } from 'comlink';
import { chooseProcessor } from '../compute/choose-backend.ts';
import { createCourse, type Course, type Standing } from './course.ts';
import { bookImage, randomImage } from './images.ts';
import { divergenceIn, nextTimes, stepsPerSecond } from './pacing.ts';
import { photographImage } from './photograph.ts';
import { sizeOf, type Problem } from './problem.ts';
import { startKernel } from './start.ts';
import type { ImageName, Pace, StartName } from './state.ts';

/** Where a kernel starts. */
export type Start = { readonly name: StartName; readonly seed: number };

/** How steps are made; it may change between any two of them. */
export type Goal = { readonly rate: number; readonly pace: Pace; readonly until: number; readonly updates: number };

/** Why steps ended: they were asked to, all are made, no tap changes any more, or the loss went out of all bounds. */
export type Ending = 'paused' | 'done' | 'settled' | 'diverged';

/** How learning stands, and the loss before each step since the update before. */
export type Update = Standing & { readonly losses: readonly number[]; readonly ending: Ending | undefined };

export type Opened = {
  readonly image: Float32Array;
  readonly target: Float32Array;
  readonly curvatures: Curvatures;
  /** Whether JavaScript loops are made at run time; false where the page's policy forbids them. */
  readonly loops: boolean;
  readonly standing: Standing;
};

const images: Readonly<Record<ImageName, () => NdArray | Promise<NdArray>>> = { book: bookImage, photograph: photographImage, random: randomImage };

let course: Course | undefined;
let kernelSize: readonly [number, number] = [1, 1];
let goal: Goal = { rate: 0, pace: 'fast', until: 0, updates: 20 };
/** The loss of the run's first step. */
let first = Number.NaN;
/** Each call that ends what runs takes a new turn. */
let turn = 0;
let openings = 0;
let wake = (): void => {};

function interrupt(): number {
  turn++;
  wake();
  return turn;
}

function running(): Course {
  if (course === undefined) throw new Error('nothing is open to be learned');
  return course;
}

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** Steps in one call. */
function advanced(times: number): { readonly losses: readonly number[]; readonly changed: boolean; readonly diverged: boolean } {
  const { losses, changed } = running().advance(times, goal.rate);
  if (Number.isNaN(first)) first = losses[0] ?? Number.NaN;
  return { losses, changed, diverged: divergenceIn(losses, first) !== undefined };
}

const worker = {
  async open(problem: Problem, start: Start): Promise<Opened> {
    interrupt();
    const mine = ++openings;
    const image = await images[problem.image]();
    if (mine !== openings) throw new Error('another problem was opened');
    const { backend, loops } = chooseProcessor();
    course = createCourse(problem, image, backend);
    kernelSize = sizeOf(problem.kernel);
    return { image: Float32Array.from(image.data), target: Float32Array.from(course.target.data), curvatures: course.curvatures, loops, standing: worker.begin(start) };
  },

  /** Back to no steps. */
  begin({ name, seed }: Start): Standing {
    interrupt();
    const now = running();
    now.begin(startKernel(name, kernelSize, seed));
    first = Number.NaN;
    return now.standing();
  },

  adjust(next: Goal): void {
    goal = next;
  },

  pause(): void {
    interrupt();
  },

  step(): Update {
    interrupt();
    const { losses, diverged } = advanced(1);
    const standing = running().standing();
    return { ...standing, losses, ending: diverged ? 'diverged' : standing.step >= goal.until ? 'done' : 'paused' };
  },

  /** Makes steps until there is a reason to end, and reports some times a second. */
  async learn(report: (update: Update) => unknown): Promise<Update> {
    const mine = interrupt();
    const now = running();
    const isWanted = (): boolean => mine === turn;
    let step = now.standing().step;
    let times = 1;
    let untold: number[] = [];
    let told = performance.now();
    const update = (ending?: Ending): Update => {
      const losses = untold;
      untold = [];
      told = performance.now();
      return { ...now.standing(), losses, ending };
    };
    while (isWanted()) {
      if (step >= goal.until) return update('done');
      const perSecond = stepsPerSecond[goal.pace];
      const began = performance.now();
      const made = advanced(perSecond === undefined ? Math.min(times, goal.until - step) : 1);
      step += made.losses.length;
      for (const loss of made.losses) untold.push(loss);
      if (made.diverged) return update('diverged');
      if (!made.changed && goal.rate > 0) return update('settled');
      const spent = performance.now() - began;
      times = nextTimes(times, spent);
      if (performance.now() - told >= 1000 / goal.updates) report(update());
      await waited(perSecond === undefined ? 0 : 1000 / perSecond - spent);
    }
    return update('paused');
  },
};

export type LearnWorker = typeof worker;

expose(worker);
