import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { corr2d, input } from '@xcorr/graph';
import { kernels, toValues } from '@xcorr/image';
import { readPicture } from '@xcorr/image/node';
import type { Lesson } from '../learn/learn.ts';
import { brightness } from '../learn/read-values.ts';
import { photograph } from '../photograph.ts';

/** What is learned where nothing else is asked for: Sobel's horizontal kernel, from the photograph and its response to it. */
export async function exampleLesson(): Promise<Lesson> {
  const values = brightness(toValues(await readPicture(photograph)));
  const X = input('X', values.shape);
  const { response } = compile({ inputs: { X }, outputs: { response: corr2d(X, kernels['sobel-x']) } }, js()).run({ X: values });
  return {
    input: { name: 'the photograph', kind: 'picture', values },
    target: { name: "the photograph's response to the kernel sobel-x", kind: 'numbers', values: response },
  };
}
