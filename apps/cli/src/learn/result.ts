import { resolve } from 'node:path';
import type { Kernel } from '@xcorr/image';
import type { Learned } from './learn.ts';
import { flipped } from './lesson.ts';
import { firstRate } from './optimisers.ts';
import { resemblance } from './resemblance.ts';

/** The fewest digits from which the same float32 is read again; of -0 it is 0. @example shortest(Math.fround(0.1)); // => 0.1 */
export function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(9));
}

/** How near a learned kernel is to one that is known. */
export interface Nearness {
  readonly kernel: Kernel;
  /** The largest difference of two taps, at the end. */
  readonly distance: number;
  /** The steps after which it was within a bar, and stayed so; null where it was not at the end. */
  readonly within: number;
  readonly stepsNeeded: number | null;
}

/** The bars: of a kernel that made the target, and of the one whose loss is least. */
const bars = { truth: 1e-4, solution: 1e-3 } as const;

/**
 * The steps after which a distance is within a bar, and stays so to the end; undefined where it is not at the end.
 *
 * @param distances before each step and after the last
 * @example
 * stepsNeeded([3, 1, 2, 1, 0], 1); // => 3
 */
export function stepsNeeded(distances: readonly number[], bar: number): number | undefined {
  const last = distances.findLastIndex((distance) => !(distance <= bar));
  return last === distances.length - 1 ? undefined : last + 1;
}

function nearness(kernel: Kernel | undefined, distances: readonly number[] | undefined, within: number): Nearness | undefined {
  const distance = distances?.at(-1);
  if (kernel === undefined || distances === undefined || distance === undefined) return undefined;
  return { kernel, distance, within, stepsNeeded: stepsNeeded(distances, within) ?? null };
}

/** What nearness is judged by: of one kernel, or of the one that two layers are together. */
export interface Judged extends Pick<Learned, 'options' | 'prospect'> {
  readonly truth?: Kernel;
  readonly training: Pick<Learned['training'], 'distances'>;
}

/** How near the learned kernel is to the one that made the target; undefined where that is not known. */
export function nearTruth({ truth, training }: Pick<Judged, 'truth' | 'training'>): Nearness | undefined {
  return nearness(truth, training.distances.truth, bars.truth);
}

/** How near the learned kernel is to the one whose loss is least; undefined where that was not solved for. */
export function nearSolution({ prospect, training }: Pick<Judged, 'prospect' | 'training'>): Nearness | undefined {
  return nearness(prospect.solution?.kernel, training.distances.solution, bars.solution);
}

/** How something was learned, as it is kept in a file. */
export interface TrainingDocument {
  /** The mean squared error before each step and after the last. */
  readonly loss: readonly number[];
  readonly steps: number;
  readonly learningRate: number;
  readonly momentum?: number;
  readonly optimiser: string;
  readonly init: string;
  readonly seed: number;
  readonly padding: string;
  readonly noise?: number;
  readonly whiten?: true;
  readonly input: string;
  readonly target: string;
  /** The backend on which the steps ran. */
  readonly ranOn: string;
}

/** A learned kernel as it is kept in a file. `xcorr edges`, `xcorr filter` and `--init` read it. */
export interface ResultDocument extends TrainingDocument {
  readonly kernel: Kernel;
  /** Whether it is the kernel of a strict convolution; what reads it flips it. */
  readonly convolve?: true;
  readonly bias?: number;
  readonly truth?: Nearness;
  readonly leastSquares?: Nearness;
}

export function resultDocument(learned: Learned): ResultDocument {
  const { options, training } = learned;
  const [truth, solution] = [nearTruth(learned), nearSolution(learned)];
  return {
    kernel: shortestKernel(training.kernel),
    ...(options.convolve === true ? { convolve: true } : {}),
    ...(options.bias === true ? { bias: shortest(training.bias) } : {}),
    ...(truth === undefined ? {} : { truth }),
    ...(solution === undefined ? {} : { leastSquares: solution }),
    ...trainingDocument(learned),
  };
}

export function shortestKernel(kernel: Kernel): Kernel {
  return kernel.map((row) => row.map(shortest));
}

export function trainingDocument({ lesson, options, fit, optimiser, training }: Pick<Learned, 'lesson' | 'options' | 'fit' | 'optimiser'> & { readonly training: Pick<Learned['training'], 'losses' | 'ranOn'> }): TrainingDocument {
  return {
    loss: training.losses.map(shortest),
    steps: options.steps,
    learningRate: firstRate(optimiser),
    ...(optimiser.kind === 'sgd' && options.optimiser !== 'sgd' ? { momentum: optimiser.momentum } : {}),
    optimiser: options.optimiser,
    init: options.init,
    seed: options.seed,
    padding: fit.padding,
    ...(options.noise === undefined ? {} : { noise: options.noise }),
    ...(options.whiten === true ? { whiten: true } : {}),
    input: lesson.input.name,
    target: lesson.target.name,
    ranOn: training.ranOn,
  };
}

/** A document as text: a line for each key, and for each row of the kernel, if there is one. */
export function printResult({ kernel, ...rest }: TrainingDocument & { readonly kernel?: Kernel }): string {
  const rows = kernel?.map((row) => `    [${row.join(', ')}]`).join(',\n');
  const others = Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${[...(rows === undefined ? [] : [`  "kernel": [\n${rows}\n  ]`]), ...others].join(',\n')}\n}\n`;
}

/** Numbers of one table, all with as many digits as tell them apart: four after the point, where they are about 1. */
export function tapTexts(kernel: Kernel): readonly (readonly string[])[] {
  const largest = Math.max(...kernel.flat().map(Math.abs));
  const plain = largest === 0 || (largest >= 0.01 && largest < 1e5);
  // Adding 0 makes the sign of zero vanish.
  return kernel.map((row) => row.map((tap) => (plain ? unsignedZero(tap.toFixed(4)) : (tap + 0).toExponential(3))));
}

function unsignedZero(text: string): string {
  return /^-0\.0*$/.test(text) ? text.slice(1) : text;
}

/** A number with as many digits as a reader takes in. @example brief(0.0000123456); // => '1.23e-5' */
export function brief(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const plain = rounded === 0 || (Math.abs(rounded) >= 0.001 && Math.abs(rounded) < 1e6);
  // The digits of an exponential without the zeros at their end.
  return plain ? String(rounded) : rounded.toExponential(2).replace(/\.?0*e\+?/, 'e');
}

/** The optimiser with its rates, in words. */
export function aboutOptimiser({ options, optimiser }: Pick<Learned, 'options' | 'optimiser'>): string {
  const momentum = optimiser.kind === 'sgd' && options.optimiser !== 'sgd' ? `, momentum ${brief(optimiser.momentum)}` : '';
  return `${options.optimiser}, learning rate ${brief(firstRate(optimiser))}${optimiser.kind === 'sgd' ? momentum : ' falling to 0'}`;
}

/** What the learned kernel is like, as it is correlated, in words; undefined where it is like none that has a name. */
export function aboutResemblance({ options, training }: Learned): string | undefined {
  const found = resemblance(options.convolve === true ? flipped(training.kernel) : training.kernel);
  if (found === undefined) return undefined;
  const scale = brief(found.scale);
  return `${found.name}${scale === '1' ? '' : ` times ${scale}`}${options.convolve === true ? ', flipped' : ''} (cosine ${found.cosine.toFixed(4)})`;
}

/** How near the learned kernel came to another, in words. */
export function aboutNearness({ distance, within, stepsNeeded: needed }: Nearness): string {
  const bar = within.toExponential(0);
  return `${brief(distance)} away, ${needed === null ? `not within ${bar}` : `within ${bar} ${needed === 0 ? 'from the start' : `after ${stepsInWords(needed)}`}`}`;
}

export function stepsInWords(count: number): string {
  return `${count} step${count === 1 ? '' : 's'}`;
}

/** Tap by tap: a - b. */
export function lessKernel(a: Kernel, b: Kernel): Kernel {
  return a.map((row, u) => row.map((tap, v) => tap - (b[u]?.[v] ?? 0)));
}

/** A kernel as lines of a table, named at its first row. */
export function kernelLines(what: string, kernel: Kernel): readonly (readonly [string, string])[] {
  const texts = tapTexts(kernel);
  const width = Math.max(...texts.flat().map((text) => text.length));
  return texts.map((row, index) => [index === 0 ? what : '', row.map((text) => text.padStart(width)).join(' ')] as const);
}

/** Whether the kernel is not yet where its loss is least, as far as that is known. Of a target with noise the truth is somewhere else. */
export function isOnTheWay(learned: Judged): boolean {
  const near = learned.options.noise === undefined ? (nearTruth(learned) ?? nearSolution(learned)) : nearSolution(learned);
  return near?.stepsNeeded === null;
}

/** What brings a kernel nearer that was given too few steps. */
export function nearer({ whiten, bias }: Learned['options']): string {
  return whiten === true || bias === true ? 'more --steps' : 'more --steps, or --whiten,';
}

/** What a person wants to know of a kernel that was learned, line by line. */
export function summary(learned: Learned, written: readonly string[]): string {
  const { options, training, truth } = learned;
  const resembles = aboutResemblance(learned);
  return printLines([
    ...lessonLines(learned),
    ...kernelsLines(truth, training.kernel),
    ...(options.bias === true ? [['bias', brief(training.bias)] as const] : []),
    ...nearnessLines(learned),
    ...(resembles === undefined ? [] : [['resembles', resembles] as const]),
    ...closingLines(learned, written),
  ]);
}

/** A word and what it says. */
export type Line = readonly [what: string, text: string];

export function printLines(lines: readonly Line[]): string {
  return lines.map(([what, text]) => `${`${what.padEnd(10)}${text}`.trimEnd()}\n`).join('');
}

/** What was learned from, and how it went. */
export function lessonLines({ lesson, options, fit, optimiser, training }: Pick<Learned, 'lesson' | 'options' | 'fit' | 'optimiser'> & { readonly training: Pick<Learned['training'], 'losses'> }): readonly Line[] {
  const [first = Number.NaN] = training.losses;
  const last = training.losses.at(-1) ?? Number.NaN;
  return [
    ['input', `${lesson.input.name}, [${fit.input.join(', ')}]`],
    ['target', `${lesson.target.name}, [${fit.target.join(', ')}], padding ${fit.padding}`],
    ['steps', `${options.steps}, ${aboutOptimiser({ options, optimiser })}`],
    ['loss', `${brief(first)} at first, ${brief(last)} at last (mean squared error${options.whiten === true ? ', whitened' : ''})${last > first ? '; it grew: try a smaller --lr' : ''}`],
  ];
}

/** The kernel that should be learned, where it is known, the one that was, and their difference. */
export function kernelsLines(truth: Kernel | undefined, learned: Kernel): readonly Line[] {
  return [...(truth === undefined ? [] : kernelLines('true', truth)), ...kernelLines('learned', learned), ...(truth === undefined ? [] : kernelLines('off by', lessKernel(learned, truth)))];
}

export function nearnessLines(learned: Judged): readonly Line[] {
  const [fromTruth, fromSolution] = [nearTruth(learned), nearSolution(learned)];
  return [
    ...(fromTruth === undefined ? [] : [['truth', aboutNearness(fromTruth)] as const]),
    ...(fromSolution === undefined ? [] : [['best fit', aboutNearness(fromSolution)] as const]),
    ...(isOnTheWay(learned) ? [['nearer', `${nearer(learned.options)} would bring it there`] as const] : []),
  ];
}

export function closingLines({ options, training }: Pick<Learned, 'options'> & { readonly training: Pick<Learned['training'], 'ranOn' | 'compiled' | 'ran'> }, written: readonly string[]): readonly Line[] {
  return [
    ...written.map((path) => ['written', resolve(path)] as const),
    ['ran on', training.ranOn],
    ['time', `compiled in ${training.compiled.toFixed(1)} ms, ${stepsInWords(options.steps)} in ${training.ran.toFixed(1)} ms`],
  ];
}

/** What a comparison says of each: one kernel, or two layers. */
export type Compared = Judged & Pick<Learned, 'lesson' | 'fit' | 'optimiser'>;

/** Several optimisers at one lesson: a line for each. `more` adds a column, its title first. */
export function comparison(all: readonly Compared[], more: readonly string[] = []): string {
  const [some] = all;
  if (some === undefined) return '';
  const { lesson, fit, options } = some;
  const count = (near: Nearness | undefined): string => (near === undefined ? '-' : near.stepsNeeded === null ? 'never' : String(near.stepsNeeded));
  const away = (near: Nearness | undefined): string => (near === undefined ? '-' : brief(near.distance));
  const rows = [
    ['optimiser', `to ${bars.truth.toExponential(0)} of true`, 'away', `to ${bars.solution.toExponential(0)} of best fit`, 'away', ...more.slice(0, 1), 'rates'],
    ...all.map((learned, index) => [learned.options.optimiser, count(nearTruth(learned)), away(nearTruth(learned)), count(nearSolution(learned)), away(nearSolution(learned)), ...more.slice(index + 1, index + 2), aboutOptimiser(learned).replace(/^\w+, /, '')]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const table = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  return [
    `input     ${lesson.input.name}, [${fit.input.join(', ')}]`,
    `target    ${lesson.target.name}, [${fit.target.join(', ')}], padding ${fit.padding}`,
    `steps     ${options.steps} at most${options.whiten === true ? ', whitened' : ''}`,
    ...table,
    ...(all.some(isOnTheWay) ? [`never     not within ${stepsInWords(options.steps)}: ${nearer(options)} would bring them there`] : []),
    '',
  ].join('\n');
}
