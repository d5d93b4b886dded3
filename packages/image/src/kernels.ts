/** The taps of a kernel, row by row: [h, w]. */
export type Kernel = readonly (readonly number[])[];

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
  /**
   * The second derivatives along both axes, added: the four neighbours less four times the centre.
   *
   * @see Gonzalez and Woods, "Digital Image Processing", section "Using the Second Derivative for Image Sharpening"
   */
  readonly 'laplacian-4': Kernel;
  /** The second derivatives along both axes and both diagonals: the eight neighbours less eight times the centre. @see Gonzalez and Woods */
  readonly 'laplacian-8': Kernel;
  /** The mean of a 3 x 3 neighbourhood. @see Gonzalez and Woods, section "Box Filter Kernels" */
  readonly 'box-3': Kernel;
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
  /** The picture less its laplacian-4: edges steeper, flat parts unchanged. @see Gonzalez and Woods */
  readonly sharpen: Kernel;
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
  'box-3': outer([1, 1, 1], [1, 1, 1], 9),
  'gaussian-3': outer([1, 2, 1], [1, 2, 1], 16),
  'gaussian-5': outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1], 256),
  sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
  identity: [[1]],
};

/** column times row, each product divided once so that it is rounded once. */
function outer(column: readonly number[], row: readonly number[], divisor = 1): Kernel {
  return column.map((vertical) => row.map((horizontal) => (vertical * horizontal) / divisor));
}
