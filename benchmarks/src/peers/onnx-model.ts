// A model of convolutions in a row, as ONNX writes models: protocol buffers. Field numbers are those of onnx.proto (IR version 7).

type Bytes = readonly number[];

const varint = (value: number): Bytes => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
const field = (number: number, value: number): Bytes => [...varint(number << 3), ...varint(value)];
const bytes = (number: number, content: Bytes): Bytes => [...varint((number << 3) | 2), ...varint(content.length), ...content];
const text = (number: number, content: string): Bytes => bytes(number, [...new TextEncoder().encode(content)]);

const float = 1;
const integers = 7;

function value(name: string, shape: readonly number[]): Bytes {
  const dimensions = shape.flatMap((extent) => bytes(1, field(1, extent)));
  return [...text(1, name), ...bytes(2, bytes(1, [...field(1, float), ...bytes(2, dimensions)]))];
}

function tensor(name: string, shape: readonly number[], values: Float32Array): Bytes {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [...shape.flatMap((extent) => field(1, extent)), ...field(2, float), ...text(8, name), ...bytes(9, [...raw])];
}

const attribute = (name: string, values: readonly number[]): Bytes => [...text(1, name), ...values.flatMap((each) => field(8, each)), ...field(20, integers)];

export interface OnnxConvolution {
  /** [O, C, h, w] */
  readonly shape: readonly [number, number, number, number];
  readonly weights: Float32Array;
  readonly stride: number;
  readonly padding: number;
}

/**
 * From the input `x` to the output `y`, one convolution after the other. Weights are part of the model, or inputs
 * `weights0`, `weights1`, … that each run is given.
 */
export function onnxModel(convolutions: readonly OnnxConvolution[], input: readonly number[], output: readonly number[], weightsAre: 'constants' | 'inputs' = 'constants'): Uint8Array {
  const nameOf = (index: number): string => (index === 0 ? 'x' : index === convolutions.length ? 'y' : `between${index}`);
  const nodes = convolutions.flatMap(({ shape, stride, padding }, index) =>
    bytes(1, [
      ...text(1, nameOf(index)),
      ...text(1, `weights${index}`),
      ...text(2, nameOf(index + 1)),
      ...text(4, 'Conv'),
      ...bytes(5, attribute('kernel_shape', shape.slice(2))),
      ...bytes(5, attribute('strides', [stride, stride])),
      ...bytes(5, attribute('pads', [padding, padding, padding, padding])),
    ]),
  );
  const weights = convolutions.flatMap((each, index) => (weightsAre === 'constants' ? bytes(5, tensor(`weights${index}`, each.shape, each.weights)) : []));
  const fed = convolutions.flatMap((each, index) => (weightsAre === 'inputs' ? bytes(11, value(`weights${index}`, each.shape)) : []));
  const graph = [...nodes, ...text(2, 'convolutions'), ...weights, ...bytes(11, value('x', input)), ...fed, ...bytes(12, value('y', output))];
  const operatorSet = [...text(1, ''), ...field(2, 13)];
  return Uint8Array.from([...field(1, 7), ...bytes(7, graph), ...bytes(8, operatorSet)]);
}
