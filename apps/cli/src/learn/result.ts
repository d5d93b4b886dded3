import { resolve } from 'node:path';
import type { Kernel } from '@xcorr/image';
import type { Learned } from './learn.ts';
import { resemblance } from './resemblance.ts';

/** The fewest digits from which the same float32 is read again; of -0 it is 0. @example shortest(Math.fround(0.1)); // => 0.1 */
export function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(9));
}

/** A learned kernel as it is kept in a file. `xcorr edges`, `xcorr filter` and `--init` read it. */
export interface ResultDocument {
  readonly kernel: Kernel;
  readonly bias?: number;
  /** The mean squared error before each step and after the last. */
  readonly loss: readonly number[];
  readonly steps: number;
  readonly learningRate: number;
  readonly momentum?: number;
  readonly optimizer: string;
  readonly init: string;
  readonly seed: number;
  readonly padding: string;
  readonly input: string;
  readonly target: string;
  /** The backend on which the steps ran. */
  readonly ranOn: string;
}

export function resultDocument({ lesson, options, fit, rates, training }: Learned): ResultDocument {
  return {
    kernel: training.kernel.map((row) => row.map(shortest)),
    ...(options.bias === true ? { bias: shortest(training.bias) } : {}),
    loss: training.losses.map(shortest),
    steps: options.steps,
    learningRate: rates.learningRate,
    ...(options.optimizer === 'momentum' ? { momentum: rates.momentum } : {}),
    optimizer: options.optimizer,
    init: options.init,
    seed: options.seed,
    padding: fit.padding,
    input: lesson.input.name,
    target: lesson.target.name,
    ranOn: training.ranOn,
  };
}

/** A document as text: a line for each key, and for each row of the kernel. */
export function printResult({ kernel, ...rest }: ResultDocument): string {
  const rows = kernel.map((row) => `    [${row.join(', ')}]`).join(',\n');
  const others = Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${[`  "kernel": [\n${rows}\n  ]`, ...others].join(',\n')}\n}\n`;
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

/** The optimizer with its rates, in words. */
export function aboutOptimizer({ options: { optimizer }, rates }: Learned): string {
  return `${optimizer}, learning rate ${brief(rates.learningRate)}${optimizer === 'momentum' ? `, momentum ${brief(rates.momentum)}` : ''}`;
}

/** What the learned kernel is like, in words; undefined where it is like none that has a name. */
export function aboutResemblance(kernel: Kernel): string | undefined {
  const found = resemblance(kernel);
  if (found === undefined) return undefined;
  const scale = brief(found.scale);
  return `${found.name}${scale === '1' ? '' : ` times ${scale}`} (cosine ${found.cosine.toFixed(4)})`;
}

/** What a person wants to know of a kernel that was learned, line by line. */
export function summary(learned: Learned, written: readonly string[]): string {
  const { lesson, options, fit, training } = learned;
  const [first = Number.NaN] = training.losses;
  const last = training.losses.at(-1) ?? Number.NaN;
  const texts = tapTexts(training.kernel);
  const width = Math.max(...texts.flat().map((text) => text.length));
  const resembles = aboutResemblance(training.kernel);
  const steps = `${options.steps} step${options.steps === 1 ? '' : 's'}`;
  const lines: readonly (readonly [string, string])[] = [
    ['input', `${lesson.input.name}, [${fit.input.join(', ')}]`],
    ['target', `${lesson.target.name}, [${fit.target.join(', ')}], padding ${fit.padding}`],
    ['steps', `${options.steps}, ${aboutOptimizer(learned)}`],
    ['loss', `${brief(first)} at first, ${brief(last)} at last (mean squared error)${last > first ? '; it grew: try a smaller --lr' : ''}`],
    ...texts.map((row, index) => [index === 0 ? 'kernel' : '', row.map((text) => text.padStart(width)).join(' ')] as const),
    ...(options.bias === true ? [['bias', brief(training.bias)] as const] : []),
    ...(resembles === undefined ? [] : [['resembles', resembles] as const]),
    ...written.map((path) => ['written', resolve(path)] as const),
    ['ran on', training.ranOn],
    ['time', `compiled in ${training.compiled.toFixed(1)} ms, ${steps} in ${training.ran.toFixed(1)} ms`],
  ];
  return lines.map(([what, text]) => `${what.padEnd(10)}${text}\n`).join('');
}
