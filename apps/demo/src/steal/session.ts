import { signal, type Signal } from '@preact/signals';
import { transfer, wrap, type Remote } from 'comlink';
import type { Matrix } from '../page/matrix-text.ts';
import type { Problem } from './problem.ts';
import { nextSlot, withPicture, type Slot, type StealState } from './state.ts';
import type { Filtered, Lesson, ShownPair, StealWorker, Still } from './steal.worker.ts';

// What is live of the tab: it outlasts the view, which goes when another tab is shown.

/** The photographs that the state names. */
export const shown: Signal<ShownPair | undefined> = signal(undefined);

/** The last good result. */
export const lesson: Signal<Lesson | undefined> = signal(undefined);

export const problem: Signal<Problem | undefined> = signal(undefined);

export const isWorking: Signal<boolean> = signal(false);

let worker: Remote<StealWorker> | undefined;

function theWorker(): Remote<StealWorker> {
  worker ??= wrap<StealWorker>(startWorker());
  return worker;
}

/** A worker whose script did not come, or stopped, answers nothing any more: what waits for it is given up. */
function startWorker(): Worker {
  const started = new Worker(new URL('./steal.worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('error', (event) => {
    worker = undefined;
    isWorking.value = false;
    problem.value = { kind: 'failed', reason: event.message === '' || event.message === undefined ? 'steal.worker.js' : event.message };
  });
  return started;
}

let wanted: StealState | undefined;
let done: StealState | undefined;
let shownKey = '';

/** Learns what a state asks for: the newest one, when there are many, and none twice. */
export async function follow(state: StealState): Promise<void> {
  wanted = state;
  if (isWorking.peek()) return;
  while (wanted !== done) {
    const current: StealState = wanted;
    done = current;
    isWorking.value = true;
    try {
      await showPair(current);
      const outcome = await theWorker().learn(current);
      if ('kind' in outcome) problem.value = outcome;
      else {
        lesson.value = outcome;
        problem.value = undefined;
      }
    } catch (error) {
      problem.value = failureOf(error);
    }
  }
  isWorking.value = false;
}

async function showPair({ before, after }: StealState): Promise<void> {
  const key = JSON.stringify([before, after]);
  if (key === shownKey) return;
  shown.value = await theWorker().show({ before, after });
  shownKey = key;
}

/** Takes files of the reader's: into a slot, or the first where the next one goes, and a second one beside it. */
export async function takeFiles(files: readonly File[], state: Signal<StealState>, slot: Slot = files.length > 1 ? 'before' : nextSlot(state.peek())): Promise<void> {
  const [first, second] = files;
  if (first === undefined) return;
  const read = [await openFile(first), second === undefined || slot === 'after' ? undefined : await openFile(second)] as const;
  const slots: readonly Slot[] = [slot, 'after'];
  let next = state.peek();
  for (const [index, each] of read.entries()) {
    if (each === undefined) continue;
    next = withPicture(next, slots[index] ?? slot, { kind: 'own', id: each.id, name: each.name });
  }
  state.value = next;
}

/** A file of the reader's in the worker; undefined where it is no picture, which `problem` then says. */
export async function openFile(file: File): Promise<{ readonly id: number; readonly name: string } | undefined> {
  try {
    const opened = await theWorker().open(file, file.name);
    if (!('problem' in opened)) return { id: opened.id, name: file.name };
    problem.value = opened.problem;
  } catch (error) {
    problem.value = failureOf(error);
  }
  return undefined;
}

/** A still picture, filtered; undefined where that failed, which `problem` then says. */
export async function filterStill(still: Still, kernel: Matrix, bias: number): Promise<Filtered | undefined> {
  try {
    return await theWorker().filterStill(still, kernel, bias);
  } catch (error) {
    problem.value = failureOf(error);
    return undefined;
  }
}

export async function filterFrame(frame: ImageBitmap, kernel: Matrix, bias: number): Promise<Filtered> {
  return theWorker().filterFrame(transfer(frame, [frame]), kernel, bias);
}

function failureOf(error: unknown): Problem {
  return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
}
