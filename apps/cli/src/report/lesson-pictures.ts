import type { NdArray } from '@xcorr/graph';
import type { AnyLearned } from '../learn/learn-any.ts';
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
export async function lessonPictures({ kind, lesson: { input, target }, training }: AnyLearned): Promise<readonly Markup[]> {
  const range = rangeOf(target.values, target.kind);
  const missing = difference(training.prediction, target.values);
  return [
    await imageFigure(input.values, rangeOf(input.values, input.kind), 'Input', `what the ${kind === 'layers' ? 'layers see' : 'kernel sees'}`),
    await imageFigure(target.values, range, 'Target', `what ${kind === 'layers' ? 'they are' : 'it is'} to make of the input`),
    await imageFigure(training.prediction, range, 'Prediction', `what the learned ${kind === 'layers' ? 'layers make' : 'kernel makes'} of the input`),
    await imageFigure(missing, rangeOfDifference(missing), 'Difference', 'the prediction less the target'),
  ];
}

/** The same of the picture that was not learned from, where there is one. */
export async function otherPictures(learned: AnyLearned): Promise<readonly Markup[]> {
  if (learned.kind !== 'layers' || learned.probed === undefined) return [];
  const { input, target, prediction } = learned.probed;
  const range = rangeOf(target.values, target.kind);
  const missing = difference(prediction, target.values);
  return [
    await imageFigure(input.values, rangeOf(input.values, input.kind), 'Another picture', `${input.name}, from which nothing was learned`),
    await imageFigure(target.values, range, 'What it should become', 'the response to the kernels that made the target'),
    await imageFigure(prediction, range, 'What it becomes', 'the response to the layers that were learned'),
    await imageFigure(missing, rangeOfDifference(missing), 'The difference of the two', 'what it becomes less what it should become'),
  ];
}
