import { corr2d, type CorrelateOptions, type Tensor, type TensorLike } from '@xcorr/graph';
import { checkPositive } from './checks.ts';
import { gaborBank, type GaborFilter, type GaborPhase } from './gabor.ts';

export interface SixChannelOptions {
  /** Of the finest channels, in elements; the others have two and four times it. Default: 4. */
  readonly wavelength?: number;
  /** In octaves, of every channel. Default: 1. */
  readonly bandwidth?: number;
  /** Default: `even`, what the figure shows. */
  readonly phase?: GaborPhase;
  /** The distance of neighbouring samples in wavelengths; that of the finest channels is rounded to whole elements. Default: 1/2. */
  readonly spacing?: number;
}

/** One type of sensor, and how far apart its samples stand. */
export interface CodingChannel extends GaborFilter {
  /** The distance of neighbouring samples along both axes, in elements. */
  readonly stride: number;
}

/**
 * Six types of sensor: Gabor kernels of three wavelengths, an octave apart, each upright and lying; and the distance at
 * which the responses of each are sampled, in proportion to the size of the sensor: stride / sigma is one number.
 *
 * From Field's figure "An example of coding with six different channels", by its caption: six types of sensor, the
 * picture convolved with each, responses sampled "at a distance proportional to the size of the sensor", the even
 * sensors alone shown. Chosen here, where the caption gives no numbers: three scales by two directions, fine to coarse
 * and each upright then lying; the wavelengths; one octave of bandwidth and a round envelope; half a wavelength as the
 * distance. With both phases that is about 21/16 responses for each element of the picture.
 *
 * @throws ValueError as `gaborKernel` does, or when the spacing is not above 0.
 * @see Field, "Relations between the Statistics of Natural Images and the Response Properties of Cortical Cells", 1987,
 * reprinted in Dive into Deep Learning, "Convolutions for Images", section "Feature Map and Receptive Field"
 * @example
 * sixChannels().map(({ wavelength, stride }) => [wavelength, stride]); // => [[4, 2], [4, 2], [8, 4], [8, 4], [16, 8], [16, 8]]
 */
export function sixChannels(options: SixChannelOptions = {}): readonly CodingChannel[] {
  const { wavelength = 4, bandwidth = 1, phase = 'even', spacing = 1 / 2 } = options;
  checkPositive('sixChannels', 'wavelength', wavelength);
  checkPositive('sixChannels', 'spacing', spacing);
  const finest = Math.max(1, Math.round(spacing * wavelength));
  const octaves = [1, 2, 4];
  return octaves.flatMap((octave) =>
    gaborBank({ wavelengths: [octave * wavelength], orientations: 2, phases: [phase], bandwidth }).map((filter) => ({ ...filter, stride: octave * finest })),
  );
}

/**
 * A picture coded by six channels: its correlation with each sensor of `sixChannels`, taken only where a sample stands.
 * Sample [i, j] of a channel stands at row i stride + (h - 1) / 2 of the picture without padding, and so for columns.
 *
 * @param image  [H, W]
 * @returns six maps [floor((H - h) / stride) + 1, floor((W - w) / stride) + 1] without padding, h x w the kernel of the channel
 * @throws ValueError as `sixChannels` does; ShapeError when a kernel does not fit the padded image.
 * @see Field, 1987
 * @example
 * const maps = sixChannelCode(input('photo', [128, 192]));
 * maps.map(({ shape }) => shape); // => [[57, 89], [57, 89], [25, 41], [25, 41], [10, 18], [10, 18]]
 */
export function sixChannelCode(image: TensorLike, options: SixChannelOptions & Pick<CorrelateOptions, 'padding'> = {}): readonly Tensor[] {
  const { padding = 'valid', ...channels } = options;
  return sixChannels(channels).map(({ kernel, stride }) => corr2d(image, kernel, { strides: stride, padding }));
}
