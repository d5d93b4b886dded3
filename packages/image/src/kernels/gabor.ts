import { ValueError } from '@xcorr/graph';
import { checkChoice, checkFinite, checkPositive, checkSide, checkWhole, shown } from './checks.ts';
import { sampled, totalOf, type Kernel } from './kernel.ts';
import { withZeroSum } from './zero-sum.ts';

/** `even`: a bright bar between dark ones, by the cosine. `odd`: an edge, by the sine. */
export type GaborPhase = 'even' | 'odd';

export interface GaborOptions {
  /** The length of a wave, in elements. */
  readonly wavelength: number;
  /** The angle at which the wave runs, to the right and turning down, in radians: 0 answers to bars that stand upright. Default: 0. */
  readonly orientation?: number;
  /** Default: `even`. */
  readonly phase?: GaborPhase;
  /** How many octaves lie between the frequencies of half the largest response. Default: 1, unless sigma is given. */
  readonly bandwidth?: number;
  /** The standard deviation of the envelope along the wave, in elements. Default: what the bandwidth asks for. */
  readonly sigma?: number;
  /** How many times shorter the envelope is along the bars than along the wave; below 1 the bars are longer. Default: 1. */
  readonly aspect?: number;
  /** The taps reach to this many standard deviations of the envelope. Default: 3. */
  readonly truncate?: number;
}

const operation = 'gaborKernel';

/** Half the width of the band of an envelope with sigma 1, at half the largest response: exp(-(2 pi f)^2 / 2) = 1/2. */
const halfWidth = Math.sqrt(2 * Math.LN2) / (2 * Math.PI);

/**
 * A Gabor kernel: a plane wave under a Gaussian envelope, what simple cells of the visual cortex answer to.
 *
 *   even  c (cos(2 pi p / wavelength) - m) e       p =  column cos t + row sin t     along the wave, t the orientation
 *   odd   c  sin(2 pi p / wavelength)      e       q = -column sin t + row cos t     along the bars
 *                                                  e = exp(-(p^2 + (aspect q)^2) / (2 sigma^2))
 *
 * An envelope over a cosine does not add up to 0. Here the even wave is lowered by its own mean under the envelope,
 * m = sum of e cos / sum of e, so that flat parts give no response and the correction fades with the envelope. c makes
 * the response to a wave of this length, direction and phase, between -1 and 1, exactly 1. From a bandwidth of b octaves
 *
 *   sigma = wavelength sqrt(ln 2 / 2) / pi (2^b + 1) / (2^b - 1)
 *
 * @returns  [h, w], both odd: the box about the turned envelope; the taps add up to exactly 0
 * @throws ValueError when a number is out of its range, sigma and bandwidth are both given, a side would be above 1023,
 * or the band (the frequencies 1 / wavelength - 0.187 / sigma to 1 / wavelength + 0.187 / sigma) does not lie between 0
 * and the 1/2 that samples can carry.
 * @see Daugman, "Uncertainty Relation for Resolution in Space, Spatial Frequency, and Orientation Optimized by
 * Two-Dimensional Visual Cortical Filters", 1985; Petkov and Kruizinga, "Computational Models of Visual Neurons
 * Specialised in the Detection of Periodic and Aperiodic Oriented Visual Stimuli", 1997 (sigma of a bandwidth)
 * @example
 * const odd = gaborKernel({ wavelength: 4, phase: 'odd' });
 * [odd.length, odd[0].length]; // => [15, 15]
 * Math.sign(odd[7][8]); // => 1
 */
export function gaborKernel(options: GaborOptions): Kernel {
  const { wavelength, orientation = 0, phase = 'even', aspect = 1, truncate = 3 } = options;
  checkPositive(operation, 'wavelength', wavelength);
  checkFinite(operation, 'orientation', orientation);
  checkChoice(operation, 'phase', phase, ['even', 'odd']);
  checkPositive(operation, 'aspect', aspect);
  checkPositive(operation, 'truncate', truncate);
  const sigma = sigmaOf(options);
  checkBand(wavelength, sigma);
  const [sine, cosine] = [Math.sin(orientation), Math.cos(orientation)];
  const reach = (along: number, across: number): number => Math.ceil(truncate * Math.hypot(sigma * along, (sigma / aspect) * across) * (1 - 1e-12));
  const size = [2 * reach(sine, cosine) + 1, 2 * reach(cosine, sine) + 1] as const;
  for (const side of size) checkSide(operation, side, 'give a shorter wavelength, a wider bandwidth or a larger aspect');

  const along = (row: number, column: number): number => column * cosine + row * sine;
  const envelope = sampled(size, (row, column) => {
    const bars = row * cosine - column * sine;
    return Math.exp(-((along(row, column) / sigma) ** 2 + ((aspect * bars) / sigma) ** 2) / 2);
  });
  const oscillate = phase === 'even' ? Math.cos : Math.sin;
  const wave = sampled(size, (row, column) => oscillate((2 * Math.PI * along(row, column)) / wavelength));
  const mean = phase === 'even' ? totalOf(times(envelope, wave)) / totalOf(envelope) : 0;
  const raw = times(envelope, wave.map((row) => row.map((value) => value - mean)));
  const gain = totalOf(times(raw, wave));
  return withZeroSum(raw.map((row) => row.map((tap) => tap / gain)));
}

function times(a: Kernel, b: Kernel): Kernel {
  return a.map((row, u) => row.map((tap, v) => tap * (b[u]?.[v] ?? 0)));
}

function sigmaOf({ wavelength, sigma, bandwidth }: GaborOptions): number {
  if (sigma !== undefined && bandwidth !== undefined) throw new ValueError(`${operation}: sigma ${sigma} and bandwidth ${bandwidth} both say how wide the envelope is\n  give one of them`);
  if (sigma !== undefined) {
    checkPositive(operation, 'sigma', sigma);
    return sigma;
  }
  const octaves = bandwidth ?? 1;
  checkPositive(operation, 'bandwidth', octaves);
  const shrink = 2 ** -octaves;
  return (wavelength * halfWidth * (1 + shrink)) / (1 - shrink);
}

function checkBand(wavelength: number, sigma: number): void {
  const [low, high] = [1 / wavelength - halfWidth / sigma, 1 / wavelength + halfWidth / sigma];
  const given = `${operation}: wavelength ${wavelength} with sigma ${Number(sigma.toPrecision(6))} answers to frequencies`;
  if (high > 0.5) throw new ValueError(`${given} up to ${high.toFixed(3)}, samples carry none above 1/2\n  give a longer wavelength, or a larger sigma (a narrower bandwidth)`);
  if (low < 0) throw new ValueError(`${given} down to 0, less than a wave lies under the envelope\n  give a shorter wavelength, or a sigma of at least ${(halfWidth * wavelength).toPrecision(3)}`);
}

export interface GaborBankOptions extends Omit<GaborOptions, 'wavelength' | 'orientation' | 'phase'> {
  /** In elements, one for each scale. */
  readonly wavelengths: readonly number[];
  /** How many directions, from 0 in equal steps of Math.PI / count. Default: 4. */
  readonly orientations?: number;
  /** Default: both. */
  readonly phases?: readonly GaborPhase[];
}

/** A kernel of a bank, and what it answers to. */
export interface GaborFilter {
  readonly wavelength: number;
  readonly orientation: number;
  readonly phase: GaborPhase;
  /** The standard deviation of the envelope along the wave, in elements. */
  readonly sigma: number;
  readonly kernel: Kernel;
}

/**
 * Gabor kernels of several wavelengths, directions and phases, in this order of nesting. With one bandwidth, all scales
 * are one form at several sizes. The squares of an even and an odd response add up to an energy that does not depend on
 * where the wave stands.
 *
 * @throws ValueError as `gaborKernel` does, or when the number of orientations is no whole number of at least 1.
 * @see Daugman, 1985; Adelson and Bergen, "Spatiotemporal Energy Models for the Perception of Motion", 1985 (energy)
 * @example
 * const bank = gaborBank({ wavelengths: [4, 8], orientations: 2 });
 * bank.map(({ wavelength, phase }) => `${wavelength} ${phase}`).slice(0, 3); // => ['4 even', '4 odd', '4 even']
 * bank.length; // => 8
 */
export function gaborBank(options: GaborBankOptions): readonly GaborFilter[] {
  const { wavelengths, orientations = 4, phases = ['even', 'odd'], ...envelope } = options;
  checkWhole('gaborBank', 'orientations', orientations, 1);
  for (const [name, list] of Object.entries({ wavelengths, phases }))
    if (!Array.isArray(list)) throw new ValueError(`gaborBank: ${name} ${shown(list)} is not a list\n  give [${shown(list)}]`);
  return wavelengths.flatMap((wavelength) =>
    Array.from({ length: orientations }, (_, step) => (step * Math.PI) / orientations).flatMap((orientation) =>
      phases.map((phase) => {
        const kernel = gaborKernel({ ...envelope, wavelength, orientation, phase });
        return { wavelength, orientation, phase, sigma: sigmaOf({ ...envelope, wavelength }), kernel };
      }),
    ),
  );
}
