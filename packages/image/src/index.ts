export { kernels, type Kernel, type KernelName, type Kernels } from './kernels.ts';
export { edgeOperators, gradientMagnitude, type EdgeOperatorName, type EdgeOperators, type KernelPair } from './edge-operators.ts';
export { largestResponse } from './largest-response.ts';
export { grey, lumaWeights } from './grey.ts';
export { toPicture, toValues, type Channels, type Picture } from './picture.ts';
