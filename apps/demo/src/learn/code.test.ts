import * as backend from '@xcorr/backend-js';
import * as compiler from '@xcorr/compiler';
import * as graph from '@xcorr/graph';
import * as image from '@xcorr/image';
import * as node from '@xcorr/image/node';
import * as nn from '@xcorr/nn';
import { expect, test } from 'vitest';
import { codeOf } from './code.ts';
import { createCourse } from './course.ts';
import { bookImage, randomImage } from './images.ts';
import { problemOf, sizeOf, targetKernel } from './problem.ts';
import { startKernel } from './start.ts';
import { initial, optimiserNames, startNames, type LearnState } from './state.ts';

const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '@xcorr/graph': graph,
  '@xcorr/compiler': compiler,
  '@xcorr/backend-js': backend,
  '@xcorr/image': image,
  '@xcorr/image/node': node,
  '@xcorr/nn': nn,
};

/** What a program prints, its imports taken from the packages themselves. */
function printed(code: string): unknown[] {
  const scope: Record<string, unknown> = {};
  const body = code.replace(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) => {
    for (const name of names.split(', ')) {
      const found = modules[from]?.[name];
      if (found === undefined) throw new Error(`${from} does not export ${name}`);
      scope[name] = found;
    }
    return '';
  });
  const lines: unknown[] = [];
  const run: unknown = Reflect.construct(Function, [...Object.keys(scope), 'console', body]);
  if (typeof run !== 'function') throw new Error('no function');
  Reflect.apply(run, undefined, [...Object.values(scope), { log: (...values: unknown[]) => lines.push(...values) }]);
  return lines;
}

function learnedHere(state: LearnState): unknown[] {
  const course = createCourse(problemOf(state), state.image === 'book' ? bookImage() : randomImage(), backend.js());
  course.begin(startKernel(state.start, sizeOf(targetKernel(state)), state.seed));
  const { losses } = course.advance(state.steps, state.rate);
  return [losses.at(-1), course.standing().kernel];
}

function numbersIn(values: unknown): readonly number[] {
  return typeof values === 'number' ? [values] : Array.isArray(values) ? values.flatMap(numbersIn) : [];
}

const drawn: LearnState = { ...initial, image: 'random', target: 'drawn', steps: 30, start: 'keras', seed: 4 };

test.for([
  ...startNames.map((start) => ({ ...initial, start })),
  ...optimiserNames.map((optimiser) => ({ ...drawn, optimiser, rate: 0.01 })),
  { ...drawn, whiten: true },
  { ...drawn, optimiser: 'nesterov', momentum: 0 } satisfies LearnState,
])('the code that is shown does what the tab does: $start $optimiser', (state) => {
  // A rate that is known is multiplied with other constants once, in double precision.
  const [theirs, ours] = [numbersIn(printed(codeOf(state))), numbersIn(learnedHere(state))];
  expect(theirs.length).toBe(1 + targetKernel(state).flat().length);
  for (const [index, each] of theirs.entries()) expect(each).toBeCloseTo(ours[index] ?? Number.NaN, 5);
});

test('code for a photograph reads one', () => {
  expect(codeOf({ ...drawn, image: 'photograph' })).toContain(`readPicture('photo.jpg')`);
});
