import type { Report } from '../report/report.ts';
import { coldStart, emptyProcess } from '../whole/processes.ts';
import { nearestNamed } from './nearest-named.ts';
import { workloads } from '../workloads/all.ts';
import { oddSizes } from '../workloads/filters.ts';

/** What a run is asked for: figures of a report by their names. */
export interface Figures {
  /** Milliseconds, or nothing where there is no figure. */
  readonly of: (workload: string, contender: string) => number | undefined;
  /** Peak memory, by the bytes of both pictures. */
  readonly memory: (contender: string) => number | undefined;
  readonly compiled: readonly number[];
}

/** What holds is what one thread does. */
export function figuresOf(rows: Report['rows'], memory: Report['memory']): Figures {
  const found = new Map(rows.filter(({ threads }) => threads === 1).map((row) => [`${row.workload} ${row.contender}`, row.milliseconds ?? undefined]));
  return {
    of: (workload, contender) => found.get(`${workload} ${contender}`),
    memory: (contender) => memory.find((row) => row.contender === contender)?.ofPictures ?? undefined,
    compiled: rows.flatMap(({ workload, milliseconds }) => (workload.startsWith('compile-') && milliseconds !== null ? [milliseconds] : [])),
  };
}

/** What must hold: a figure of a run that is at most, or at least, its bar. */
export interface Goal {
  readonly name: string;
  readonly bar: number;
  readonly bound: 'at most' | 'at least';
  readonly unit: 'x' | 'ms';
  readonly measure: (figures: Figures) => number | undefined;
}

const subject = 'xcorr/js';

function quotient(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

const ratio = (workload: string, rival: string, bar: number): Goal => ({
  name: `${workload} by ${rival}`,
  bar,
  bound: 'at most',
  unit: 'x',
  measure: ({ of }) => quotient(of(workload, subject), of(workload, rival)),
});

const ofNaive: Readonly<Record<string, number>> = { '3x3': 0.26, '5x5': 0.28, '7x7': 0.34 };

const milliseconds = (name: string, bar: number, measure: Goal['measure']): Goal => ({ name, bar, bound: 'at most', unit: 'ms', measure });

/** Of each odd size its multiply-adds a millisecond, by those of its nearest named size. */
export function oddShares({ of }: Figures): readonly { readonly workload: string; readonly share: number | undefined }[] {
  return oddSizes.map((odd) => {
    const named = nearestNamed(odd);
    const [own, other] = [of(odd.name, subject), of(named.name, subject)];
    return { workload: odd.name, share: own === undefined || other === undefined ? undefined : odd.multiplyAdds / own / (named.multiplyAdds / other) };
  });
}

function slowestOddSize(figures: Figures): number | undefined {
  const shares = oddShares(figures).map(({ share }) => share);
  return shares.reduce((least, share) => (least === undefined || share === undefined ? undefined : Math.min(least, share)), Number.POSITIVE_INFINITY);
}

/** The least share that an odd size may have. */
export const leastShare: number = 0.6;

export const goals: readonly Goal[] = [
  ...Object.entries(ofNaive).flatMap(([kernel, bar]) => [ratio(`filter-${kernel}-1080p`, 'hand/js', 1.1), ratio(`filter-${kernel}-1080p`, 'naive', bar)]),
  ratio('filter-gauss15-1080p', 'hand/js', 1.1),
  ...workloads.filter(({ kind }) => kind === 'layer').map(({ name }) => ratio(name, 'hand/js', 1.1)),
  ratio('learn-book', 'hand/js', 1.5),
  ratio('learn-book-ten-calls', 'hand/js', 3),
  ratio('learn-5x5-256', 'hand/js', 1.1),
  ratio('learn-two-layers', 'hand/js', 1.1),
  ...['1x2', '3x3', '5x5', '7x7', '15x15', 'gauss15'].map((kernel): Goal => {
    const literal = `filter-${kernel}-1080p`;
    return { name: `${literal}, any size by its own`, bar: 1.05, bound: 'at most', unit: 'x', measure: ({ of }) => quotient(of(`${literal}-any-size`, subject), of(literal, subject)) };
  }),
  { name: 'the slowest odd size, by its nearest named size', bar: leastShare, bound: 'at least', unit: 'x', measure: slowestOddSize },
  milliseconds('compile, warm: learn-book', 5, ({ of }) => of('compile-learn-book', subject)),
  milliseconds('compile, warm: the largest workload', 50, ({ compiled }) => (compiled.length === 0 ? undefined : Math.max(...compiled))),
  ...[subject, `${subject} in one file`].map((contender): Goal => ({
    name: `cold start, ${contender} by an ${emptyProcess}`,
    bar: 1.35,
    bound: 'at most',
    unit: 'x',
    measure: ({ of }) => quotient(of(coldStart, contender), of(coldStart, emptyProcess)),
  })),
  ...[subject, `${subject} in one file`].map((contender): Goal => ({
    name: `peak memory of a filter at 4k, ${contender}, by input and output`,
    bar: 1.1,
    bound: 'at most',
    unit: 'x',
    measure: ({ memory }) => memory(contender),
  })),
];
