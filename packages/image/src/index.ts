export { kernels, type Kernel, type KernelName, type Kernels, type KernelSize } from './kernels.ts';
export { boxKernel, integralKernel } from './kernels/box.ts';
export { compassKernels, kirschKernels, type CompassKernels, type CompassPoint } from './kernels/compass.ts';
export { directionalKernel, type DirectionalOptions, type SlopeOperator } from './kernels/directional.ts';
export {
  finiteDifference,
  minimumKernelSize,
  mixedDifference,
  type DifferenceKind,
  type FiniteDifferenceOptions,
  type MixedDifferenceOptions,
} from './kernels/finite-difference.ts';
export { gaborBank, gaborKernel, type GaborBankOptions, type GaborFilter, type GaborOptions, type GaborPhase } from './kernels/gabor.ts';
export { differenceOfGaussians, gaussianKernel, laplacianOfGaussian, type GaussianOptions } from './kernels/gaussian.ts';
export { motionKernel } from './kernels/motion.ts';
export { sharpenKernel, unsharpKernel } from './kernels/sharpen.ts';
export { sixChannelCode, sixChannels, type CodingChannel, type SixChannelOptions } from './kernels/six-channels.ts';
export { edgeOperators, gradientMagnitude, type EdgeOperatorName, type EdgeOperators, type KernelPair } from './edge-operators.ts';
export { largestResponse } from './largest-response.ts';
export { grey, lumaWeights } from './grey.ts';
export type { Channels, DeepPicture, Depth, Picture } from './picture.ts';
export { toPicture, toValues } from './picture/values.ts';
export { toDepth } from './picture/depth.ts';
export { asNdArray, asPicture } from './picture/array.ts';
export { fromBytes, toBytes, type StoredBytes } from './picture/bytes.ts';
export { compositeOver, type Colour } from './picture/composite-over.ts';
export { fromImageData, toImageData, type ClampedBytes, type ImageDataLike, type SrgbImageData } from './picture/image-data.ts';
export { fromCanvas, fromImageBitmap, toCanvas, type CanvasContextLike, type CanvasLike, type ImageBitmapLike } from './picture/canvas.ts';
export { fromVideoFrame, type VideoFrameCopyOptions, type VideoFrameLike } from './picture/video-frame.ts';
export { gradientDirection } from './edges/gradient-direction.ts';
export { cannyGradients, type CannyAperture, type CannyGradientsOptions, type Gradients } from './edges/canny-gradients.ts';
export { nonMaximumSuppression, type NonMaximumSuppressionOptions } from './edges/non-maximum-suppression.ts';
export { hysteresis, type EdgeMap } from './edges/hysteresis.ts';
export { canny, cannyFromGradients, type CannyOptions } from './edges/canny.ts';
export type { GradientNorm } from './edges/gradient-norm.ts';
export type { Thresholds } from './edges/thresholds.ts';
export {
  interpolationWeights,
  steerable,
  steeredKernel,
  type SeparableKernel,
  type SteerableFilter,
  type SteerableName,
  type SteerableOptions,
} from './edges/steerable-filter.ts';
export { steer, steerableResponses } from './edges/steer.ts';
export { bordered, filter2d, type Border, type Filter2dOptions } from './filter2d.ts';
