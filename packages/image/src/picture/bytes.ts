import { div, mul, type Tensor } from '@xcorr/graph';

/** A result that a program stores as bytes, as `compile` takes it among its outputs. */
export interface StoredBytes {
  readonly tensor: Tensor;
  readonly storage: 'uint8';
}

/**
 * Bytes as numbers from 0 to 1. Of an input stored as `uint8` they are read inside the kernel: no picture of floats is
 * ever made.
 *
 * @param bytes  a tensor of any shape with elements from 0 to 255, such as `input('photo', ['H', 'W'], { storage: 'uint8' })`
 * @example
 * const photo = input('photo', ['H', 'W'], { storage: 'uint8' });
 * evaluate(fromBytes(photo), { photo: [[0, 51, 255]] }).toNested(); // => [[0, Math.fround(0.2), 1]]
 */
export function fromBytes(bytes: Tensor): Tensor {
  return div(bytes, 255);
}

/**
 * Numbers from 0 to 1 as an output in bytes, rounded half to even and saturated inside the kernel. It is the inverse of
 * `fromBytes`: all 256 bytes come back.
 *
 * @param values  a tensor of any shape
 * @returns what `compile` takes as an output; its result is an NdArray of bytes, which `asPicture` reads
 * @example
 * const photo = input('photo', ['H', 'W'], { storage: 'uint8' });
 * const brighter = mul(fromBytes(photo), 2);
 * const program = compile({ inputs: { photo }, outputs: { brighter: toBytes(brighter) } }, js());
 * const picture: Picture = { width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 100, 200) };
 * [...asPicture(program.run({ photo: asNdArray(picture) }).brighter).data]; // => [0, 200, 255]
 * const unchanged = compile({ inputs: { photo }, outputs: { y: toBytes(fromBytes(photo)) } }, js());
 * const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
 * asPicture(unchanged.run({ photo: new NdArray([16, 16], every) }).y).data; // => every
 */
export function toBytes(values: Tensor): StoredBytes {
  return { tensor: mul(values, 255), storage: 'uint8' };
}
