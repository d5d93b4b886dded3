import type { Program } from '@xcorr/compiler';
import { bytesOf, elementCount, evaluateInteger } from '@xcorr/graph';
import { workOf } from './work.ts';

/** What threads cost, in operations as `workOf` counts them: about eight take a nanosecond in V8. */
export interface ThreadCosts {
  /** Handing a nest over, each time that it runs. */
  readonly job: number;
  /** Copying a byte of a feed into shared memory, or of a result out of it. */
  readonly byte: number;
  /** An operation in a band, whose bounds are no numbers. */
  readonly banded: number;
}

/**
 * As measured in Node 20. A thread that sleeps takes its first band 30 to 90 microseconds after it was woken: where there was
 * a second core, two threads did work of 0.16 ms in 0.13, of 0.64 ms in 0.38. Alone, a byte is copied in 0.07 to 0.09 ns; with
 * what the copies drive out of the caches, programs take 0.11 to 0.19 ns longer for each, from pictures of 2 MB on, while
 * filters do 8 to 14 operations in a nanosecond. Filters of 1 x 2 and 3 x 3 take a tenth longer in bands, on one thread.
 */
export const threadCosts: ThreadCosts = { job: 400_000, byte: 2, banded: 1.1 };

/** What of a program, for some sizes, says whether threads are worth their costs. */
export interface Weights {
  /** The operations of each nest; 0 of those that may not be divided. */
  readonly works: readonly number[];
  /** How many of the nests come first, and run once however many times the program does. */
  readonly invariant: number;
  /** The bytes of all inputs and outputs. */
  readonly copied: number;
}

export function weightsOf(program: Program, mayDivide: readonly boolean[], sizes: ReadonlyMap<string, number>): Weights {
  const works = program.nests.map(({ nest }, at) => (mayDivide[at] === true ? workOf(nest, sizes) : 0));
  const ends = program.buffers.filter(({ role }) => role === 'input' || role === 'output');
  const copied = ends.reduce((sum, { shape, storage }) => sum + evaluateInteger(elementCount(shape), sizes) * bytesOf[storage], 0);
  return { works, invariant: program.invariant, copied };
}

/**
 * Which nests of a program are divided in a call that runs it so many times. Of n threads each does an nth of a nest in bands,
 * so the rest of its operations is won, less what a job costs. Where what all nests win is more than the copies cost, those
 * that win are divided; otherwise none is, and the program runs in the caller's arrays.
 *
 * Feeds and results are copied once a call. A feed on a SharedArrayBuffer is, too: the caller may change it as soon as `run`
 * has returned, and threads would have to be sent each one.
 */
export function divisionOf({ works, invariant, copied }: Weights, times: number, threads: number, { job, byte, banded }: ThreadCosts): readonly boolean[] {
  const won = works.map((work, at) => (at < invariant ? 1 : times) * (work * (1 - banded / threads) - job));
  const total = won.reduce((sum, each) => sum + Math.max(each, 0), 0);
  return won.map((each) => each > 0 && total > copied * byte);
}
