import type { Inputs, Workload } from '../workloads/workload.ts';

/** One workload, ready to be run again and again. */
export interface Job {
  /** Puts inputs where the contender's user would keep them: in its own memory, if it has one. Never timed. */
  readonly feed: (inputs: Inputs) => void | Promise<void>;
  /** What is timed: padding, packing and transforms of weights are part of it. Training goes on from where it was. */
  readonly run: () => void | Promise<void>;
  /** Milliseconds of so many runs, measured where they happen: for contenders in processes of their own. */
  readonly runMany?: (count: number) => Promise<number>;
  /** What the last run gave: a filter's or a layer's elements in order; of training the losses, then the parameters. */
  readonly result: () => Float32Array | Promise<Float32Array>;
  readonly dispose?: () => void | Promise<void>;
  /** What elements are kept as, where that is not float32: results are then cut off at 0 and 1, and judged by its steps. */
  readonly storage?: 'uint8';
}

/** Why a contender does not do a workload. */
export interface Refusal {
  readonly cannot: string;
}

/** A contender that is loaded. */
export interface Opened {
  readonly version: string;
  readonly prepare: (workload: Workload) => Job | Refusal | Promise<Job | Refusal>;
  readonly close?: () => void | Promise<void>;
}

export interface Contender {
  readonly name: string;
  readonly threads: number;
  /** Whether it has a row for a workload; for all, where it is not said. */
  readonly isFor?: (workload: Workload) => boolean;
  /** Loads the library. @throws where it is not installed or does not start; its rows then say so. */
  readonly open: () => Opened | Promise<Opened>;
}

export function isRefusal(answer: Job | Refusal): answer is Refusal {
  return 'cannot' in answer;
}
