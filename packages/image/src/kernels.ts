import { boxKernel } from './kernels/box.ts';
import { kirschKernels } from './kernels/compass.ts';
import { finiteDifference, mixedDifference } from './kernels/finite-difference.ts';
import { gaborKernel } from './kernels/gabor.ts';
import { differenceOfGaussians, laplacianOfGaussian } from './kernels/gaussian.ts';
import { outer, type Kernel } from './kernels/kernel.ts';
import { motionKernel } from './kernels/motion.ts';
import { sharpenKernel, unsharpKernel } from './kernels/sharpen.ts';

export type { Kernel, KernelSize } from './kernels/kernel.ts';

/**
 * The named kernels. They are meant to be correlated with a picture `x`, not convolved: below, `x[i + u, j + v]` is
 * the picture under the tap of row u and column v, and a positive difference along j means "brighter to the right".
 */
export type Kernels = {
  /**
   * The smallest detector of vertical edges: `y[i, j] = x[i, j] - x[i, j + 1]`. Positive where the picture gets darker to the right.
   *
   * @see Dive into Deep Learning, "Convolutions for Images", section 3
   */
  readonly book: Kernel;
  /**
   * Horizontal difference, smoothed down the columns: `(1, 2, 1)^T (-1, 0, 1)`.
   *
   * @see Sobel and Feldman, "A 3x3 Isotropic Gradient Operator for Image Processing", 1968
   */
  readonly 'sobel-x': Kernel;
  /** Vertical difference, smoothed along the rows: the transpose of sobel-x. @see Sobel and Feldman, 1968 */
  readonly 'sobel-y': Kernel;
  /**
   * Horizontal difference, averaged down the columns: `(1, 1, 1)^T (-1, 0, 1)`.
   *
   * @see Prewitt, "Object Enhancement and Extraction", in Picture Processing and Psychopictorics, 1970
   */
  readonly 'prewitt-x': Kernel;
  /** Vertical difference, averaged along the rows: the transpose of prewitt-x. @see Prewitt, 1970 */
  readonly 'prewitt-y': Kernel;
  /**
   * Horizontal difference whose direction errs least with rotation: `(3, 10, 3)^T (-1, 0, 1)`.
   *
   * @see Scharr, "Optimale Operatoren in der Digitalen Bildverarbeitung", 2000
   */
  readonly 'scharr-x': Kernel;
  /** Vertical difference: the transpose of scharr-x. @see Scharr, 2000 */
  readonly 'scharr-y': Kernel;
  /**
   * Difference along the main diagonal: `y[i, j] = x[i, j] - x[i + 1, j + 1]`.
   *
   * @see Roberts, "Machine Perception of Three-Dimensional Solids", 1963
   */
  readonly 'roberts-main': Kernel;
  /** Difference along the other diagonal: `y[i, j] = x[i, j + 1] - x[i + 1, j]`. @see Roberts, 1963 */
  readonly 'roberts-anti': Kernel;
  /** Kirsch's eight, each positive where the picture gets brighter in its direction, north up: `kirschKernels`. @see Kirsch, 1971 */
  readonly 'kirsch-n': Kernel;
  /** To the upper right. */
  readonly 'kirsch-ne': Kernel;
  /** To the right. */
  readonly 'kirsch-e': Kernel;
  /** To the lower right. */
  readonly 'kirsch-se': Kernel;
  /** Down. */
  readonly 'kirsch-s': Kernel;
  /** To the lower left. */
  readonly 'kirsch-sw': Kernel;
  /** To the left. */
  readonly 'kirsch-w': Kernel;
  /** To the upper left. */
  readonly 'kirsch-nw': Kernel;
  /** The slope to the right between two neighbours: `y[j] = x[j + 1] - x[j]`; counted at the right one it is the backward difference. @see `finiteDifference` */
  readonly 'forward-x': Kernel;
  /** The slope down between two neighbours: the transpose of forward-x. */
  readonly 'forward-y': Kernel;
  /** The slope to the right about the middle one of three: `(-1, 0, 1) / 2`. @see `finiteDifference` */
  readonly 'central-x': Kernel;
  /** The slope down about the middle one of three: the transpose of central-x. */
  readonly 'central-y': Kernel;
  /** The second derivative along a row, `(1, -2, 1)`: lines and spots answer most, slopes not at all. @see `finiteDifference` */
  readonly 'second-x': Kernel;
  /** The second derivative down a column: the transpose of second-x. */
  readonly 'second-y': Kernel;
  /** The mixed second derivative, once along each axis: corners and saddles. @see `mixedDifference` */
  readonly 'second-xy': Kernel;
  /**
   * The second derivatives along both axes, added: the four neighbours less four times the centre.
   *
   * @see Gonzalez and Woods, "Digital Image Processing", section "Using the Second Derivative for Image Sharpening"
   */
  readonly 'laplacian-4': Kernel;
  /** The second derivatives along both axes and both diagonals: the eight neighbours less eight times the centre. @see Gonzalez and Woods */
  readonly 'laplacian-8': Kernel;
  /** The Laplacian of a Gaussian of sigma 1, 9 x 9: `laplacianOfGaussian(1)`. @see Marr and Hildreth, "Theory of Edge Detection", 1980 */
  readonly log: Kernel;
  /** The difference of two Gaussians, of sigma 1 less of sigma 1.6, 15 x 15: `differenceOfGaussians(1)`. @see Marr and Hildreth, 1980 */
  readonly dog: Kernel;
  /** Upright bars with a wavelength of 4, one octave: an even wave to the right under a Gaussian. @see `gaborKernel` */
  readonly 'gabor-even-x': Kernel;
  /** Upright edges, brighter to the right, with a wavelength of 4: an odd wave. @see `gaborKernel` */
  readonly 'gabor-odd-x': Kernel;
  /** Lying bars: gabor-even-x with its wave turned down. */
  readonly 'gabor-even-y': Kernel;
  /** Lying edges, brighter below: gabor-odd-x with its wave turned down. */
  readonly 'gabor-odd-y': Kernel;
  /** Bars that lean by 30 degrees, with a wavelength of 4 under an envelope of sigma 1, 7 x 7. @see `gaborKernel` */
  readonly 'gabor-7': Kernel;
  /** The mean of a 3 x 3 neighbourhood. @see Gonzalez and Woods, section "Box Filter Kernels" */
  readonly 'box-3': Kernel;
  /** The mean of a 5 x 5 neighbourhood. */
  readonly 'box-5': Kernel;
  /**
   * The binomial approximation of a Gaussian of variance 1/2: `(1, 2, 1)^T (1, 2, 1) / 16`.
   *
   * @see Jähne, "Digital Image Processing", section "Binomial Filters"
   */
  readonly 'gaussian-3': Kernel;
  /**
   * The binomial approximation of a Gaussian of variance 1: `(1, 4, 6, 4, 1)^T (1, 4, 6, 4, 1) / 256`.
   *
   * @see Burt and Adelson, "The Laplacian Pyramid as a Compact Image Code", 1983 (a = 3/8)
   */
  readonly 'gaussian-5': Kernel;
  /** The blur of a motion by 9 elements to the right: `motionKernel(9, 0)`. */
  readonly 'motion-x': Kernel;
  /** The blur of a motion by 9 elements down: the transpose of motion-x. */
  readonly 'motion-y': Kernel;
  /** The blur of a motion by 9 elements along the main diagonal, to the lower right. */
  readonly 'motion-main': Kernel;
  /** The blur of a motion by 9 elements along the other diagonal, to the upper right. */
  readonly 'motion-anti': Kernel;
  /** The picture less its laplacian-4: edges steeper, flat parts unchanged. @see Gonzalez and Woods */
  readonly sharpen: Kernel;
  /** Twice the picture less its Gaussian of sigma 1, 9 x 9: `unsharpKernel(1, 1)`. @see Gonzalez and Woods, section "Unsharp Masking and Highboost Filtering" */
  readonly unsharp: Kernel;
  /** The picture itself: `y = x`. */
  readonly identity: Kernel;
};

export type KernelName = keyof Kernels;

/**
 * Every named kernel by its name.
 *
 * @example
 * kernels['sobel-x']; // => [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
 */
export const kernels: Kernels = {
  book: [[1, -1]],
  'sobel-x': outer([1, 2, 1], [-1, 0, 1]),
  'sobel-y': outer([-1, 0, 1], [1, 2, 1]),
  'prewitt-x': outer([1, 1, 1], [-1, 0, 1]),
  'prewitt-y': outer([-1, 0, 1], [1, 1, 1]),
  'scharr-x': outer([3, 10, 3], [-1, 0, 1]),
  'scharr-y': outer([-1, 0, 1], [3, 10, 3]),
  'roberts-main': [
    [1, 0],
    [0, -1],
  ],
  'roberts-anti': [
    [0, 1],
    [-1, 0],
  ],
  'kirsch-n': kirschKernels.n,
  'kirsch-ne': kirschKernels.ne,
  'kirsch-e': kirschKernels.e,
  'kirsch-se': kirschKernels.se,
  'kirsch-s': kirschKernels.s,
  'kirsch-sw': kirschKernels.sw,
  'kirsch-w': kirschKernels.w,
  'kirsch-nw': kirschKernels.nw,
  'forward-x': finiteDifference(1, { kind: 'forward' }),
  'forward-y': finiteDifference(1, { kind: 'forward', axis: 'y' }),
  'central-x': finiteDifference(1),
  'central-y': finiteDifference(1, { axis: 'y' }),
  'second-x': finiteDifference(2),
  'second-y': finiteDifference(2, { axis: 'y' }),
  'second-xy': mixedDifference([1, 1]),
  'laplacian-4': [
    [0, 1, 0],
    [1, -4, 1],
    [0, 1, 0],
  ],
  'laplacian-8': [
    [1, 1, 1],
    [1, -8, 1],
    [1, 1, 1],
  ],
  log: laplacianOfGaussian(1),
  dog: differenceOfGaussians(1),
  'gabor-even-x': gaborKernel({ wavelength: 4 }),
  'gabor-odd-x': gaborKernel({ wavelength: 4, phase: 'odd' }),
  'gabor-even-y': gaborKernel({ wavelength: 4, orientation: Math.PI / 2 }),
  'gabor-odd-y': gaborKernel({ wavelength: 4, orientation: Math.PI / 2, phase: 'odd' }),
  'gabor-7': gaborKernel({ wavelength: 4, orientation: Math.PI / 6, sigma: 1 }),
  'box-3': boxKernel(3),
  'box-5': boxKernel(5),
  'gaussian-3': outer([1, 2, 1], [1, 2, 1], 16),
  'gaussian-5': outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1], 256),
  'motion-x': motionKernel(9, 0),
  'motion-y': motionKernel(9, Math.PI / 2),
  'motion-main': motionKernel(9, Math.PI / 4),
  'motion-anti': motionKernel(9, -Math.PI / 4),
  sharpen: sharpenKernel(),
  unsharp: unsharpKernel(),
  identity: [[1]],
};
