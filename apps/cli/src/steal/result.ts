import { resolve } from 'node:path';
import type { Kernel } from '@xcorr/image';
import { resemblance } from '../learn/resemblance.ts';
import { brief, shortest, tapTexts } from '../learn/result.ts';
import { white } from './pair.ts';
import { ridge } from './solve.ts';
import type { Stolen } from './steal.ts';

/** Below this, AFTER is not called a linear filter of BEFORE. */
const mostlyExplained = 0.9;

/** A stolen filter as it is kept in a file; `xcorr filter` and `xcorr edges` read it. */
export interface StolenDocument {
  readonly kernel: Kernel;
  /** 1 is white. */
  readonly bias?: number;
  readonly before: string;
  readonly after: string;
  readonly equal: boolean;
  readonly seen: string;
  /** How many samples of AFTER were fitted, and how many are 0 or 255. */
  readonly fitted: number;
  readonly clipped: number;
  readonly clippedLeftOut: boolean;
  /** R^2; null where AFTER is flat. */
  readonly explained: number | null;
  /** In grey levels from 0 to 255. */
  readonly rootMeanSquareError: number;
  readonly largestError: number;
  /** Of the result in 8 bits: the share of samples that are AFTER's, and the largest difference. */
  readonly written: { readonly equalShare: number; readonly largestDifference: number };
  readonly rank: number;
  readonly uncertainty: number | null;
  readonly optimiser: string;
  readonly steps?: number;
  readonly loss?: { readonly first: number; readonly last: number; readonly least: number };
  readonly ranOn: string;
}

function rowsOf({ kernel, options: { kernel: [rows, columns] } }: Stolen): Kernel {
  return Array.from({ length: rows }, (_, row) => Array.from(kernel.subarray(row * columns, (row + 1) * columns)));
}

export function stolenDocument(stolen: Stolen, ranOn: string): StolenDocument {
  const { options, pair, residual, steps } = stolen;
  return {
    kernel: rowsOf(stolen).map((row) => row.map(shortest)),
    ...(options.bias === true ? { bias: stolen.bias / white } : {}),
    before: stolen.before.name,
    after: stolen.after.name,
    equal: pair.areEqual,
    seen: pair.seen,
    fitted: stolen.fitted,
    clipped: pair.clipped,
    clippedLeftOut: pair.isClippedLeftOut,
    explained: residual.explained ?? null,
    rootMeanSquareError: residual.rootMeanSquare,
    largestError: residual.largest,
    written: { equalShare: residual.written.equalShare, largestDifference: residual.written.largest },
    rank: stolen.rank,
    uncertainty: stolen.uncertainty ?? null,
    optimiser: options.optimiser,
    ...(steps === undefined ? {} : { steps: steps.count, loss: { first: steps.first, last: steps.last, least: steps.least } }),
    ranOn,
  };
}

/** A document as text: a line for each key, and for each row of the kernel. */
export function printStolen({ kernel, ...rest }: StolenDocument): string {
  const rows = kernel.map((row) => `    [${row.join(', ')}]`).join(',\n');
  const others = Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${[`  "kernel": [\n${rows}\n  ]`, ...others].join(',\n')}\n}\n`;
}

/** A share in percent, never rounded up to all or down to nothing. @example percent(0.99999); // => '99.99 %' */
export function percent(share: number): string {
  const text = share === 1 ? '100' : (Math.trunc(share * 1e4) / 100).toFixed(2);
  return `${text} %`;
}

/** A word of a command line. @example shellWord('my photo.png'); // => "'my photo.png'" */
export function shellWord(text: string): string {
  return /^[\w./,:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The command line that makes AFTER of BEFORE again. */
export function applyingLine({ before, pair }: Stolen, file: string): string {
  const words = ['xcorr', 'filter', before.name, '-o', 'again.png', '-k', file, ...(pair.size === 'same' ? ['--border', 'reflect'] : []), '--show', 'as-is', ...(pair.isBeforeGreyed ? ['--grey'] : [])];
  return words.map(shellWord).join(' ');
}

/** What a person wants to know of a stolen filter, line by line. */
export function summary(stolen: Stolen, ranOn: string, written: string | undefined): string {
  const { before, after, options, pair, residual, steps } = stolen;
  const texts = tapTexts(rowsOf(stolen));
  const width = Math.max(...texts.flat().map((text) => text.length));
  const resembles = resemblance(rowsOf(stolen));
  const { explained } = residual;
  const lines: readonly (readonly [string, string])[] = [
    ['before', `${before.name}, ${before.picture.width} x ${before.picture.height}`],
    ['after', `${after.name}, ${after.picture.width} x ${after.picture.height}`],
    ['fitted', `${stolen.fitted} samples of ${pair.seen === 'brightness' ? 'the brightness' : 'three channels, one kernel for all'}${pair.size === 'same' ? "; AFTER's border is left out, where windows reach beyond BEFORE" : ''}`],
    ...clippedLine(stolen),
    ...(pair.areEqual ? [['equal', 'the pictures are equal: the filter is the identity'] as const] : []),
    ...texts.map((row, index) => [index === 0 ? 'kernel' : '', row.map((text) => text.padStart(width)).join(' ')] as const),
    ...(options.bias === true ? [['bias', `${brief(stolen.bias)} grey levels`] as const] : []),
    ...(resembles === undefined ? [] : [['resembles', `${resembles.name}${brief(resembles.scale) === '1' ? '' : ` times ${brief(resembles.scale)}`} (cosine ${resembles.cosine.toFixed(4)})`] as const]),
    ['explains', explained === undefined ? 'AFTER is flat: there is nothing to explain' : `${percent(explained)} of AFTER's variance (R^2)`],
    ...(explained === undefined || explained >= mostlyExplained ? [] : [['', `AFTER is no linear filter of BEFORE of this size: ${options.bias === true ? '' : 'try --bias, '}a larger --kernel, or another pair`] as const]),
    ['errors', `${brief(residual.rootMeanSquare)} grey levels root mean square, ${brief(residual.largest)} at most; rounding AFTER leaves ${brief(pair.rounding)}`],
    ['again', `${percent(residual.written.equalShare)} of the samples in 8 bits are AFTER's${residual.written.equalShare === 1 ? '' : `, the others differ by ${residual.written.largest} at most`}`],
    ...knownLine(stolen),
    ...(steps === undefined ? [['solved', 'the least squared error, by Cholesky'] as const] : stepLines(stolen)),
    ['ran on', ranOn],
    ['time', `${stolen.milliseconds.toFixed(1)} ms`],
    ...(written === undefined ? [] : [['written', resolve(written)] as const]),
    ['use', written === undefined ? 'keep the filter with -o filter.json' : applyingLine(stolen, written)],
  ];
  return lines.map(([what, text]) => `${what.padEnd(10)}${text}\n`).join('');
}

function clippedLine({ pair: { clipped, isClippedLeftOut } }: Stolen): readonly (readonly [string, string])[] {
  if (clipped === 0) return [];
  const are = `${clipped} samples of AFTER are 0 or 255, where a result may have been cut off`;
  return [['clipped', isClippedLeftOut ? `${are}: they are left out` : `${are}; they are most, and are taken as they are`]];
}

function knownLine({ rank, kernel, pair, uncertainty }: Stolen): readonly (readonly [string, string])[] {
  if (pair.areEqual) return [];
  if (rank < kernel.length)
    return [
      ['known', `BEFORE tells ${rank} of ${kernel.length} directions of the kernel apart: many kernels do the same to it`],
      ['', `of them nearly the smallest was sought (a ridge of ${ridge} of the largest power); another photograph may tell them apart`],
    ];
  return uncertainty === undefined ? [] : [['known', `each tap to ${brief(uncertainty)} or better (two standard errors)`]];
}

function stepLines({ steps, options: { optimiser } }: Stolen): readonly (readonly [string, string])[] {
  if (steps === undefined) return [];
  const { count, first, last, least } = steps;
  return [
    ['steps', `${count} of ${optimiser}`],
    ['loss', `${brief(first)} at first, ${brief(last)} at last; the least is ${brief(least)} (mean squared error, grey levels)`],
  ];
}
