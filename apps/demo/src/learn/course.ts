import type { Backend } from '@xcorr/compiler';
import type { NdArray } from '@xcorr/graph';
import type { Curvatures } from '@xcorr/nn';
import type { Matrix } from '../page/matrix-text.ts';
import { curvaturesIn } from './hessian.ts';
import { learningPrograms, seenImage, targetOf } from './program.ts';
import { lossKind, sizeOf, type Problem } from './problem.ts';

/** How learning stands. */
export type Standing = {
  /** Steps made. */
  readonly step: number;
  readonly kernel: Matrix;
  /** What the kernel makes of the image: [H', W'], row-major. */
  readonly response: Float32Array;
};

/** A problem that is being learned. Nothing in here knows of time. */
export type Course = {
  readonly image: NdArray;
  readonly target: NdArray;
  readonly curvatures: Curvatures;
  /** Where the programs run, as they say themselves. */
  readonly ranOn: string;
  /** Back to no steps, from this kernel. */
  readonly begin: (start: Matrix) => void;
  /** Makes steps; it gives the loss before each of them, and whether any tap changed. */
  readonly advance: (times: number, rate: number) => { readonly losses: readonly number[]; readonly changed: boolean };
  readonly standing: () => Standing;
};

export function createCourse(problem: Problem, image: NdArray, backend: Backend<'sync'>): Course {
  const { step, look } = learningPrograms(problem, backend);
  const target = targetOf(image, problem.kernel, backend);
  const curvatures = curvaturesIn(seenImage(image, problem.whiten, backend), sizeOf(problem.kernel), lossKind(problem.image));
  const columns = sizeOf(problem.kernel)[1];
  let done = 0;
  let start: Matrix = problem.kernel;
  const fed = (rate: number, isRestart: 0 | 1) => ({ X: image, Y: target, start, rate, isRestart });
  return {
    image,
    target,
    curvatures,
    ranOn: step.ranOn,
    begin: (kernel) => {
      start = kernel;
      done = 0;
      step.run(fed(0, 1));
    },
    advance: (times, rate) => {
      const before = step.state.K.data;
      const { loss } = step.run(fed(rate, 0), { times, record: ['loss'] });
      done += times;
      const after = step.state.K.data;
      return { losses: Array.from(loss.data), changed: before.some((tap, index) => tap !== after[index]) };
    },
    standing: () => {
      const { K } = step.state;
      const { response } = look.run({ X: image, K });
      return { step: done, kernel: rowsOf(K, columns), response: Float32Array.from(response.data) };
    },
  };
}

function rowsOf({ data }: NdArray, columns: number): Matrix {
  return Array.from({ length: data.length / columns }, (_, row) => Array.from(data.slice(row * columns, (row + 1) * columns)));
}
