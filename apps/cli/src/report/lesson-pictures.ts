import type { NdArray } from '@xcorr/graph';
import type { Learned } from '../learn/learn.ts';
import { brief } from '../learn/result.ts';
import { pictureFigure } from './figure.ts';
import { html, type Markup } from './markup.ts';
import { difference, rangeOf, rangeOfDifference, reduction, shownPicture, type Range } from './shown-picture.ts';

function aboutRange({ black, white }: Range): string {
  return black === -white ? `Mid-grey is 0, white ${brief(white)}, black ${brief(black)}.` : `Black is ${brief(black)}, white ${brief(white)}.`;
}

function aboutReduction(values: NdArray): string {
  const factor = reduction(values);
  return factor === 1 ? '' : ` One element in each direction stands for ${factor}.`;
}

function imageFigure(values: NdArray, range: Range, title: string, about: string): Promise<Markup> {
  const text = `${aboutRange(range)}${aboutReduction(values)}`;
  return pictureFigure(shownPicture(values, range), `${title}: ${about}. ${text}`, html`<strong>${title}</strong>: ${about}. ${text}`);
}

/** The input, the target, what the learned kernel makes of the input, and how far that is from the target. */
export async function lessonPictures({ lesson: { input, target }, training }: Learned): Promise<readonly Markup[]> {
  const range = rangeOf(target.values, target.kind);
  const missing = difference(training.prediction, target.values);
  return [
    await imageFigure(input.values, rangeOf(input.values, input.kind), 'Input', 'what the kernel sees'),
    await imageFigure(target.values, range, 'Target', 'what it is to make of the input'),
    await imageFigure(training.prediction, range, 'Prediction', 'what the learned kernel makes of the input'),
    await imageFigure(missing, rangeOfDifference(missing), 'Difference', 'the prediction less the target'),
  ];
}
