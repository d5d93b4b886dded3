import type { VNode } from 'preact';
import type { OpenProblem } from './learning.ts';
import { lossText } from './number-text.ts';
import { imageSizes } from './problem.ts';
import { ValuesPicture } from './values-picture.tsx';
import type { LearnWords } from './words.ts';

/** The image, the target, what the kernel makes of the image now, and what is left between the two. */
export function Pictures({ opened, response, words }: { readonly opened: OpenProblem; readonly response: Float32Array; readonly words: LearnWords }): VNode {
  const { image, target, targetSize, problem } = opened;
  const imageSize = imageSizes[problem.image];
  const isSame = response.length === target.length;
  const difference = isSame ? response.map((value, index) => value - (target[index] ?? 0)) : new Float32Array(target.length);
  const scale = largestOf(target) || 1;
  const look = target.some((value) => value < 0) ? 'signed' : 'grey';
  const text = (name: string, [rows, columns]: readonly [number, number], note?: string): string => [words.pictureText(name, rows, columns), ...(note === undefined ? [] : [note])].join(', ');
  const note = words.largest(lossText(largestOf(difference)));
  return (
    <section>
      <h3>{words.pictures}</h3>
      <div class="learn-row learn-pictures">
        <ValuesPicture title={words.input} text={text(words.input, imageSize)} values={image} size={imageSize} look="grey" scale={1} />
        <ValuesPicture title={words.targetPicture} text={text(words.targetPicture, targetSize)} values={target} size={targetSize} look={look} scale={scale} />
        <ValuesPicture title={words.response} text={text(words.response, targetSize)} values={isSame ? response : difference} size={targetSize} look={look} scale={scale} />
        <ValuesPicture title={words.difference} text={text(words.difference, targetSize, note)} note={note} values={difference} size={targetSize} look="signed" scale={scale} />
      </div>
    </section>
  );
}

function largestOf(values: Float32Array): number {
  return values.reduce((largest, value) => (Math.abs(value) <= largest ? largest : Math.abs(value)), 0);
}
