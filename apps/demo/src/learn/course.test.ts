import { closures } from '@xcorr/backend-closures';
import { js } from '@xcorr/backend-js';
import { book } from '@xcorr/golden';
import { kernels } from '@xcorr/image';
import { expect, test } from 'vitest';
import { createCourse, type Course } from './course.ts';
import { bookImage, randomImage } from './images.ts';
import { problemOf } from './problem.ts';
import { startKernel } from './start.ts';
import { bookStarts, initial, optimiserNames } from './state.ts';

function learned(course: Course, times: number, rate: number): readonly number[] {
  return course.advance(times, rate).losses;
}

test.for(bookStarts.flatMap((start) => [js(), closures()].map((backend) => ({ start, backend }))))('$start gives the printed losses on $backend.name', ({ start, backend }) => {
  const run = book.learnKernel.runs[bookStarts.indexOf(start)];
  const course = createCourse(problemOf(initial), bookImage(), backend);
  course.begin(startKernel(start, [1, 2], 0));
  const losses = learned(course, book.learnKernel.iterations, book.learnKernel.lr);
  expect(losses.filter((_, index) => index % 2 === 1).map((loss) => loss.toFixed(3))).toEqual(run?.printedLosses);
});

test.for(optimiserNames)('%s restarts from any kernel, its moments too, with the same program', (optimiser) => {
  const course = createCourse(problemOf({ ...initial, image: 'random', target: 'sobel-x', optimiser }), randomImage(), js());
  course.begin(startKernel('keras', [3, 3], 1));
  const first = learned(course, 20, 0.01);
  course.begin(startKernel('flax', [3, 3], 2));
  const other = learned(course, 20, 0.02);
  course.begin(startKernel('keras', [3, 3], 1));
  expect(learned(course, 20, 0.01)).toEqual(first);
  expect(other).not.toEqual(first);
});

test('after a divergence it begins anew', () => {
  const course = createCourse(problemOf(initial), bookImage(), js());
  course.begin(startKernel('book-pytorch', [1, 2], 0));
  expect(learned(course, 400, 3).at(-1)).toBeNaN();
  course.begin(startKernel('book-pytorch', [1, 2], 0));
  expect(learned(course, 2, 0.03)[1]?.toFixed(3)).toBe('16.481');
});

test('steps one by one are those of one call', () => {
  const course = createCourse(problemOf(initial), bookImage(), js());
  const start = startKernel('pytorch', [1, 2], 3);
  course.begin(start);
  const together = learned(course, 6, 0.03);
  course.begin(start);
  const apart = Array.from({ length: 6 }, () => learned(course, 1, 0.03)).flat();
  expect(apart).toEqual(together);
});

test('a standing tells what the kernel makes of the image', () => {
  const course = createCourse(problemOf(initial), bookImage(), js());
  course.begin(kernels.book);
  expect(course.advance(3, 0.03).losses).toEqual([0, 0, 0]);
  expect(course.standing()).toMatchObject({ step: 3, kernel: [[1, -1]], response: Float32Array.from(book.edge.y.flat()) });
  expect(course.advance(1, 0.03).changed).toBe(false);
});

test('learning from Laplacians comes to the same kernel', () => {
  const steps = (whiten: boolean): number => {
    const course = createCourse(problemOf({ ...initial, image: 'random', target: 'sobel-x', whiten }), randomImage(), js());
    course.begin(startKernel('keras', [3, 3], 1));
    const { most, least } = course.curvatures;
    for (let step = 0; step < 2000; step++) {
      course.advance(1, 2 / (most + least));
      if (course.standing().kernel.flat().every((tap, index) => Math.abs(tap - (kernels['sobel-x'].flat()[index] ?? 0)) < 1e-4)) return step;
    }
    return Infinity;
  };
  expect(steps(true)).toBeLessThan(2000);
});
