// Of each peer what is used here, so that types are checked where no peer is installed.

declare module '@techstark/opencv-js' {
  interface Mat {
    readonly data32F: Float32Array;
    readonly delete: () => void;
  }
  interface OpenCv {
    readonly Mat: new (rows: number, columns: number, type: number) => Mat;
    readonly Point: new (x: number, y: number) => object;
    readonly matFromArray: (rows: number, columns: number, type: number, values: readonly number[]) => Mat;
    readonly filter2D: (source: Mat, target: Mat, depth: number, kernel: Mat, anchor: object, delta: number, border: number) => void;
    readonly sepFilter2D: (source: Mat, target: Mat, depth: number, row: Mat, column: Mat, anchor: object, delta: number, border: number) => void;
    readonly CV_32F: number;
    readonly BORDER_REFLECT_101: number;
  }
  interface Starting {
    readonly Mat?: undefined;
    onRuntimeInitialized?: () => void;
  }
  const cv: OpenCv | Starting | Promise<OpenCv>;
  export { cv as default, type OpenCv, type Mat };
}

declare module '@tensorflow/tfjs' {
  interface Tensor {
    readonly dispose: () => void;
    readonly dataSync: () => Float32Array;
    readonly transpose: (axes: readonly number[]) => Tensor;
    readonly clone: () => Tensor;
  }
  interface Variable extends Tensor {
    readonly name: string;
    readonly assign: (value: Tensor) => void;
  }
  interface TensorFlow {
    readonly version: { readonly tfjs: string };
    readonly setBackend: (name: string) => Promise<boolean>;
    readonly getBackend: () => string;
    readonly ready: () => Promise<void>;
    readonly tensor4d: (values: Float32Array, shape: readonly number[]) => Tensor;
    readonly variable: (initial: Tensor) => Variable;
    readonly tidy: <Result>(body: () => Result) => Result;
    readonly conv2d: (x: Tensor, kernel: Tensor, strides: number, padding: 'valid' | 'same' | number) => Tensor;
    readonly relu: (x: Tensor) => Tensor;
    readonly sub: (a: Tensor, b: Tensor) => Tensor;
    readonly mul: (a: Tensor | number, b: Tensor) => Tensor;
    readonly square: (x: Tensor) => Tensor;
    readonly sum: (x: Tensor) => Tensor;
    readonly mean: (x: Tensor) => Tensor;
    readonly variableGrads: (loss: () => Tensor, variables: readonly Variable[]) => { readonly value: Tensor; readonly grads: Readonly<Record<string, Tensor>> };
  }
  const tf: TensorFlow;
  export { tf as default, type TensorFlow, type Tensor, type Variable };
}

declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(folder: string): void;
}

declare module 'onnxruntime-web/wasm' {
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: readonly number[]);
    readonly data: Float32Array;
  }
  interface Session {
    readonly run: (feeds: Readonly<Record<string, Tensor>>, results: readonly ['y']) => Promise<{ readonly y: Tensor }>;
    readonly release: () => Promise<void>;
  }
  export const InferenceSession: {
    readonly create: (model: Uint8Array, options: { readonly executionProviders: readonly string[]; readonly graphOptimizationLevel: string }) => Promise<Session>;
  };
  export const env: {
    logLevel: string;
    readonly wasm: { numThreads: number };
    readonly versions: { readonly web?: string };
  };
}

declare module '@jax-js/jax' {
  /** An operation takes its operands for good; `ref` is another hold on the same array. */
  interface JaxArray {
    readonly ref: JaxArray;
    readonly reshape: (shape: readonly number[]) => JaxArray;
    readonly sub: (other: JaxArray) => JaxArray;
    readonly mul: (other: JaxArray | number) => JaxArray;
    readonly sum: () => JaxArray;
    readonly data: () => Promise<Float32Array>;
    readonly blockUntilReady: () => Promise<JaxArray>;
    readonly dispose: () => void;
  }
  type JaxPadding = 'VALID' | readonly (readonly [number, number])[];
  export const numpy: { readonly array: (values: Float32Array) => JaxArray; readonly mean: (x: JaxArray) => JaxArray };
  export const lax: { readonly conv: (x: JaxArray, kernel: JaxArray, strides: readonly number[], padding: JaxPadding) => JaxArray };
  export const nn: { readonly relu: (x: JaxArray) => JaxArray };
  export function init(device: 'wasm'): Promise<unknown>;
  export function defaultDevice(device: 'wasm'): unknown;
  export function jit<Operands extends readonly JaxArray[], Result>(body: (...operands: Operands) => Result): (...operands: Operands) => Result;
  export function valueAndGrad<Parameters, Rest extends readonly JaxArray[]>(
    loss: (parameters: Parameters, ...rest: Rest) => JaxArray,
  ): (parameters: Parameters, ...rest: Rest) => [JaxArray, Parameters];
  export type { JaxArray };
}

declare module 'sharp' {
  interface Sharp {
    readonly convolve: (kernel: { readonly width: number; readonly height: number; readonly kernel: readonly number[]; readonly scale: number }) => Sharp;
    readonly toColourspace: (name: 'b-w') => Sharp;
    readonly raw: () => Sharp;
    readonly toBuffer: () => Promise<Uint8Array>;
  }
  interface SharpModule {
    (pixels: Uint8Array, options: { readonly raw: { readonly width: number; readonly height: number; readonly channels: 1 }; readonly limitInputPixels: false }): Sharp;
    readonly cache: (on: boolean) => unknown;
    readonly concurrency: (threads: number) => number;
    readonly versions: { readonly sharp?: string; readonly vips: string };
  }
  const sharp: SharpModule;
  export { sharp as default, type SharpModule };
}

declare module 'gpu.js' {
  interface GpuInput {
    readonly size: readonly number[];
  }
  interface KernelSettings {
    readonly output: readonly number[];
    readonly constants: Readonly<Record<string, number>>;
  }
  interface Gpu {
    /** A kernel of one axis gives an array, of two an array of its rows. */
    readonly createKernel: (source: string, settings: KernelSettings) => (...operands: readonly (GpuInput | readonly Float32Array[])[]) => readonly Float32Array[];
    readonly destroy: () => Promise<void>;
  }
  const gpu: {
    readonly GPU: new (options: { readonly mode: 'cpu' }) => Gpu;
    readonly input: (values: Float32Array, size: readonly number[]) => GpuInput;
  };
  export { gpu as default, type Gpu, type GpuInput };
}
