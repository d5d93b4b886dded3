import { compile, type Backend } from '@xcorr/compiler';
import { add, concat, floor, full, input, mul, NdArray, slice, sqrt, square, type Tensor } from '@xcorr/graph';
import { filter2d, kernels, motionKernel, type Kernel } from '@xcorr/image';
import type { Pixels } from '../../compute/read-picture.ts';
import type { ExampleName } from '../state.ts';

const scaled = (kernel: Kernel, factor: number): Kernel => kernel.map((row) => row.map((tap) => tap * factor));

/** Sobel's operator as pictures keep it: an eighth of it. */
const [alongX, alongY] = [scaled(kernels['sobel-x'], 1 / 8), scaled(kernels['sobel-y'], 1 / 8)];

/** Levels of a posterised picture: 0, 85, 170, 255. */
const step = 85;

/** What is done to the colours of a picture, 0 to 255: [H, W, 3]. The result is rounded, and cut off at 0 and 255. */
const made: Readonly<Record<ExampleName, (colours: Tensor) => Tensor>> = {
  blur: (x) => filter2d(x, kernels['gaussian-5']),
  motion: (x) => filter2d(x, motionKernel(8, 0)),
  sharpen: (x) => filter2d(x, kernels.sharpen),
  sobel: (x) => add(filter2d(x, alongX), 128),
  posterise: (x) => mul(floor(add(mul(x, 1 / step), 0.5)), step),
  magnitude: (x) => mul(sqrt(add(square(filter2d(x, alongX)), square(filter2d(x, alongY)))), 2),
};

/** An AFTER whose making is known. */
export async function exampleAfter({ width, height, data }: Pixels, name: ExampleName, backend: Backend<'async'>): Promise<Pixels> {
  const X = input('X', [height, width, 4], { storage: 'uint8' });
  const colours = made[name](slice(X, { stop: [height, width, 3] }));
  const program = await compile({ inputs: { X }, outputs: { Y: { tensor: concat([colours, full([height, width, 1], 255)], 2), storage: 'uint8' } } }, backend);
  const { Y } = await program.run({ X: new NdArray([height, width, 4], data) });
  await program.dispose();
  return { width, height, data: new Uint8ClampedArray(Y.data) };
}
