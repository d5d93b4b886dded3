import { compile, type Backend } from '@xcorr/compiler';
import { abs, add, input, reduceMax, sqrt, square, type NdArray, type Tensor } from '@xcorr/graph';
import { filter2d, grey, type Kernel, type Picture } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import { sizeOf, type Operator } from '../kernel/operator.ts';
import type { Geometry } from './border.ts';
import { perSize, type Pipeline, type Rendered } from './per-size.ts';
import { largestShown, paintedWith, shownOf, type Showing } from './show.ts';
import { strongResponse } from './strong-response.ts';

/** What is to be done to pictures. */
export interface Filtering {
  readonly operator: Operator;
  readonly geometry: Geometry;
  readonly showing: Showing;
  /** The brightness of coloured pictures is filtered, and not their channels. */
  readonly grey: boolean;
}

/**
 * Filters pictures: bytes go into the compiled program, and bytes come out.
 *
 * @throws CommandError (the function made rejects) when a picture is smaller than the kernel, and the size is `valid`.
 */
export function createRenderer(filtering: Filtering, backend: Backend<'async'>): (picture: Picture) => Promise<Rendered> {
  const render = perSize((shape) => pipelineFor(shape, filtering, backend));
  return async (picture) => {
    checkFits(picture, filtering);
    return render(picture);
  };
}

function checkFits({ width, height }: Picture, { operator, geometry }: Filtering): void {
  const [rows, columns] = sizeOf(operator);
  if (geometry.size === 'valid' && (height < rows || width < columns))
    throw new CommandError(`the picture is ${width} x ${height}, ${operator.name} needs at least ${columns} x ${rows}\n  give a larger picture, take a smaller kernel, or let the picture go on: --border reflect`);
}

/** The response before it is shown: [H, W], or [H, W, C] of every channel. */
function responseTo(image: Tensor, { operator, geometry }: Filtering): Tensor {
  const filtered = (kernel: Kernel): Tensor => filter2d(image, kernel, geometry.border === 'valid' ? { size: 'valid' } : geometry);
  if (operator.kind === 'kernel') return operator.bias === undefined ? filtered(operator.kernel) : add(filtered(operator.kernel), 255 * operator.bias);
  const [first, second] = operator.pair.map((kernel) => square(filtered(kernel)));
  return sqrt(add(first ?? 0, second ?? 0));
}

async function pipelineFor(shape: readonly number[], filtering: Filtering, backend: Backend<'async'>): Promise<Pipeline> {
  const { operator, showing } = filtering;
  const X = input('picture', shape, { storage: 'uint8' });
  const response = responseTo(filtering.grey && shape.length === 3 ? grey(X) : X, filtering);
  const once = async (tensor: Tensor, white?: number): Promise<Pipeline> => {
    const program = await compile({ inputs: { X }, outputs: { bytes: { tensor, storage: 'uint8' } } }, backend);
    return { run: async (bytes) => ({ picture: pictureOf((await program.run({ X: bytes })).bytes), ...(white === undefined ? {} : { white }) }), programs: [program] };
  };
  if (showing.show === 'as-is') return once(response);

  const { show, scale } = showing;
  const shown = shownOf(response, show);
  if (scale === 'kernel') {
    // Of a kernel of zeros every response is 0, whatever is white.
    const white = largestShown(operator, show, response.shape.length === 3 ? 3 : 1) || 1;
    return once(paintedWith(shown, show, 1 / white), white);
  }

  // White is known when all responses are: one program for them, one that paints them.
  const measure = await compile({ inputs: { X }, outputs: { shown, strongest: reduceMax(abs(shown)) } }, backend);
  const R = input('shown', shown.shape);
  const perWhite = input('one over white', []);
  const paint = await compile({ inputs: { R, perWhite }, outputs: { bytes: { tensor: paintedWith(R, show, perWhite), storage: 'uint8' } } }, backend);
  const run = async (bytes: NdArray): Promise<Pick<Rendered, 'picture' | 'white'>> => {
    const measured = await measure.run({ X: bytes });
    const white = strongResponse(measured.shown.data, measured.strongest.item());
    return { picture: pictureOf((await paint.run({ R: measured.shown, perWhite: 1 / white })).bytes), white };
  };
  return { run, programs: [measure, paint] };
}

/** The bytes of a response as a picture, not copied. */
function pictureOf({ shape, data }: NdArray): Picture {
  const [height = 1, width = 1, channels] = shape;
  return { width, height, channels: channels === 3 ? 3 : 1, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}
