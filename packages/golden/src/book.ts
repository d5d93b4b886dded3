// A module and no file that is read: browsers have these numbers too.
import json from '../book.json' with { type: 'json' };
import { field, list, number, oneOf, optional, pair, parse, text, type Place } from './json.ts';

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** An image, a kernel, and their cross-correlation. */
export interface Correlation {
  readonly x: Matrix;
  readonly k: Matrix;
  readonly y: Matrix;
}

/** The image whose vertical edges the kernel [1, -1] finds. */
export interface EdgeDetection extends Correlation {
  readonly about: string;
  readonly yOfTransposedX: Matrix;
}

/** What one element of the last feature map sees. */
export interface ReceptiveField {
  readonly about: string;
  readonly layers: readonly { readonly kernel: readonly [number, number] }[];
  readonly onFirst: readonly [number, number];
  readonly onInput: readonly [number, number];
}

/** How one edition of the chapter learned the kernel, as its page prints it. */
export interface TrainingRun {
  readonly system: string;
  readonly layout: 'NCHW' | 'NHWC';
  /** Not printed: recovered from the losses. */
  readonly initialKernel: Matrix;
  /** The loss of every second iteration, three decimals. */
  readonly printedLosses: readonly string[];
  /** Undefined where the page does not show it. */
  readonly learnedKernel: Matrix | undefined;
  /** What float32 rounding and the printed digits allow. */
  readonly learnedKernelTolerance: number | undefined;
  readonly note: string | undefined;
}

export interface KernelLearning {
  readonly about: string;
  /** The learning rate. */
  readonly lr: number;
  readonly iterations: number;
  readonly runs: readonly TrainingRun[];
}

/** The numbers printed by the chapter "Convolutions for Images" of Dive into Deep Learning. */
export interface Book {
  readonly about: string;
  readonly corr2d: Correlation;
  readonly edge: EdgeDetection;
  readonly receptiveField: ReceptiveField;
  readonly learnKernel: KernelLearning;
}

const matrix = list(list(number));

function correlation(place: Place): Correlation {
  return { x: matrix(field(place, 'x')), k: matrix(field(place, 'k')), y: matrix(field(place, 'y')) };
}

function edgeDetection(place: Place): EdgeDetection {
  return {
    about: text(field(place, 'about')),
    ...correlation(place),
    yOfTransposedX: matrix(field(place, 'yOfTransposedX')),
  };
}

function receptiveField(place: Place): ReceptiveField {
  return {
    about: text(field(place, 'about')),
    layers: list((layer) => ({ kernel: pair(number)(field(layer, 'kernel')) }))(field(place, 'layers')),
    onFirst: pair(number)(field(place, 'onFirst')),
    onInput: pair(number)(field(place, 'onInput')),
  };
}

function trainingRun(place: Place): TrainingRun {
  return {
    system: text(field(place, 'system')),
    layout: oneOf(['NCHW', 'NHWC'])(field(place, 'layout')),
    initialKernel: matrix(field(place, 'initialKernel')),
    printedLosses: list(text)(field(place, 'printedLosses')),
    learnedKernel: optional(matrix)(field(place, 'learnedKernel')),
    learnedKernelTolerance: optional(number)(field(place, 'learnedKernelTolerance')),
    note: optional(text)(field(place, 'note')),
  };
}

function kernelLearning(place: Place): KernelLearning {
  return {
    about: text(field(place, 'about')),
    lr: number(field(place, 'lr')),
    iterations: number(field(place, 'iterations')),
    runs: list(trainingRun)(field(place, 'runs')),
  };
}

function bookAt(root: Place): Book {
  return {
    about: text(field(root, 'about')),
    corr2d: correlation(field(root, 'corr2d')),
    edge: edgeDetection(field(root, 'edge')),
    receptiveField: receptiveField(field(root, 'receptiveField')),
    learnKernel: kernelLearning(field(root, 'learnKernel')),
  };
}

/** @throws TypeError naming the field that is not as it should be. */
export function readBook(source: string): Book {
  return bookAt(parse(source, 'book.json'));
}

/**
 * What the book prints.
 *
 * @example
 * book.corr2d.y.length; // => 2
 */
export const book: Book = bookAt({ value: json, path: 'book.json' });
