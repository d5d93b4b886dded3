import { compile, type AsyncExecutable, type Backend } from '@xcorr/compiler';
import { add, concat, full, input, NdArray, slice, type Tensor } from '@xcorr/graph';
import { filter2d, type Kernel } from '@xcorr/image';
import type { Pixels } from '../../compute/read-picture.ts';

/** A filter that is ready for pictures of one size. */
type Ready = { readonly key: string; readonly program: AsyncExecutable<{ readonly X: Tensor }, Record<never, never>, { readonly Y: { readonly tensor: Tensor; readonly storage: 'uint8' } }> };

let ready: Ready | undefined;

/** A picture, filtered: rounded, and cut off at 0 and 255. What was compiled for the picture before serves the next of its size. */
export async function applyFilter({ width, height, data }: Pixels, kernel: Kernel, bias: number, backend: Backend<'async'>): Promise<Pixels> {
  const key = JSON.stringify([kernel, bias, width, height, backend.name]);
  if (ready?.key !== key) {
    await ready?.program.dispose();
    const X = input('X', [height, width, 4], { storage: 'uint8' });
    const colours = add(filter2d(slice(X, { stop: [height, width, 3] }), kernel), bias);
    const Y = { tensor: concat([colours, full([height, width, 1], 255)], 2), storage: 'uint8' } as const;
    ready = { key, program: await compile({ inputs: { X }, outputs: { Y } }, backend) };
  }
  const { Y } = await ready.program.run({ X: new NdArray([height, width, 4], data) });
  return { width, height, data: new Uint8ClampedArray(Y.data) };
}
