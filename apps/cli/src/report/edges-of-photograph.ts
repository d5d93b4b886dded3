import type { Backend } from '@xcorr/compiler';
import type { Picture } from '@xcorr/image';
import { readPicture } from '@xcorr/image/node';
import { allOperators, readOperator } from '../kernel/operator.ts';
import { photograph } from '../photograph.ts';
import { createRenderer } from '../response/renderer.ts';
import { filteringOf } from '../response/work.ts';
import { pictureFigure } from './figure.ts';
import { html, type Markup } from './markup.ts';

const shown = [
  { kernel: 'book', title: "The book's kernel", about: 'the differences of neighbours along the rows, [1, -1], without their sign' },
  { kernel: 'sobel', title: "Sobel's operator", about: 'the length of the gradient, from two kernels of 3 x 3' },
] as const;

async function edges(picture: Picture, { kernel, title, about }: (typeof shown)[number], backend: Backend<'async'>): Promise<Markup> {
  const operator = await readOperator(kernel, allOperators);
  const rendered = await createRenderer(filteringOf(operator, { grey: true }), backend)(picture);
  return pictureFigure(rendered.picture, `The edges of the photograph, white on black, found by ${title.toLowerCase()}`, html`<strong>${title}</strong>: ${about}. White is the response that one element in a hundred exceeds.`);
}

/** The photograph that comes with the command, and its edges by the kernels of the chapter and of Sobel. */
export async function edgesOfPhotograph(backend: Backend<'async'>): Promise<readonly Markup[]> {
  const picture = await readPicture(photograph);
  const seen = await pictureFigure(picture, 'The photograph: a landscape in the Alps', html`<strong>The photograph</strong>: ${picture.width} x ${picture.height}; its brightness is what the kernels see. A French alpine landscape by Adolphe Braun, 1865 to 1870; digital image courtesy of the Getty's Open Content Program.`);
  const found: Markup[] = [];
  for (const each of shown) found.push(await edges(picture, each, backend));
  return [seen, ...found];
}
