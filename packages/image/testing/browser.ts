// Fakes of what browsers give, as the standards say: HTML (ImageData, canvas) and WebCodecs (VideoFrame). Only what
// pictures touch is there. A canvas keeps colours premultiplied in 8 bits, which is what makes it lossy.

/** An error as the platform throws it: told apart by its name. */
export function domException(name: string, message = name): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

export class FakeImageData {
  readonly width: number;
  readonly height: number;
  readonly data: ReturnType<typeof Uint8ClampedArray.of>;
  // Written as the one space that is made here, so that it stands for an ImageData in sRGB.
  readonly colorSpace = 'srgb';

  constructor(data: ReturnType<typeof Uint8ClampedArray.of>, width: number, height: number) {
    if (data.length === 0 || data.length % 4 !== 0) throw domException('InvalidStateError');
    if ((data.length / 4) % width !== 0 || data.length / 4 / width !== height) throw domException('IndexSizeError');
    // The data is taken, not copied.
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** Something that can be drawn: premultiplied red, green, blue, alpha. */
interface Drawable {
  readonly premultiplied: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

function isDrawable(source: object): source is Drawable {
  return 'premultiplied' in source;
}

export function premultiply(rgba: ArrayLike<number>): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: rgba.length }, (_, index) => (index % 4 === 3 ? (rgba[index] ?? 0) : ((rgba[index] ?? 0) * (rgba[index - (index % 4) + 3] ?? 0)) / 255));
}

function unpremultiply(stored: Uint8ClampedArray): ReturnType<typeof Uint8ClampedArray.of> {
  return Uint8ClampedArray.from({ length: stored.length }, (_, index) => {
    const alpha = stored[index - (index % 4) + 3] ?? 0;
    if (index % 4 === 3) return alpha;
    return alpha === 0 ? 0 : ((stored[index] ?? 0) * 255) / alpha;
  });
}

export interface FakeCanvasOptions {
  /** The context that the canvas has already. */
  readonly context?: '2d' | 'webgl';
  readonly colorSpace?: 'srgb' | 'display-p3';
  /** Something of another origin has been drawn. */
  readonly tainted?: boolean;
}

export class FakeCanvas {
  /** Every setting of a side, which clears. */
  readonly cleared: string[] = [];
  /** What was asked of getImageData. */
  readonly asked: unknown[] = [];
  #width: number;
  #height: number;
  #stored: Uint8ClampedArray;
  readonly #options: FakeCanvasOptions;

  constructor(width: number, height: number, options: FakeCanvasOptions = {}) {
    [this.#width, this.#height] = [width, height];
    this.#stored = new Uint8ClampedArray(4 * width * height);
    this.#options = options;
  }

  get width(): number {
    return this.#width;
  }
  set width(width: number) {
    this.#width = width;
    this.#clear('width');
  }
  get height(): number {
    return this.#height;
  }
  set height(height: number) {
    this.#height = height;
    this.#clear('height');
  }
  #clear(side: string): void {
    this.cleared.push(side);
    this.#stored = new Uint8ClampedArray(4 * this.#width * this.#height);
  }

  getContext(kind: '2d'): FakeContext | null {
    return kind === (this.#options.context ?? '2d') ? this.#context : null;
  }

  readonly #context: FakeContext = {
    getImageData: (x, y, width, height, settings) => {
      if (width === 0 || height === 0) throw domException('IndexSizeError');
      if (this.#options.tainted === true) throw domException('SecurityError', 'the canvas has been tainted by cross-origin data');
      if (x !== 0 || y !== 0 || width !== this.#width || height !== this.#height) throw new Error('this fake reads all or nothing');
      this.asked.push(settings);
      const colorSpace = settings?.colorSpace ?? this.#options.colorSpace ?? 'srgb';
      return { width, height, data: unpremultiply(this.#stored), colorSpace };
    },
    putImageData: (image, x, y) => {
      // Plain objects are refused by the bindings.
      if (!(image instanceof FakeImageData)) throw new TypeError("Failed to execute 'putImageData': parameter 1 is not of type 'ImageData'");
      if (x !== 0 || y !== 0 || image.width !== this.#width || image.height !== this.#height) throw new Error('this fake writes all or nothing');
      // Replaced, not drawn over.
      this.#stored = premultiply(image.data);
    },
    drawImage: (source, x, y, width, height) => {
      if (!isDrawable(source)) throw new TypeError("Failed to execute 'drawImage'");
      if (source.width === 0) throw domException('InvalidStateError');
      if (x !== 0 || y !== 0 || width !== this.#width || height !== this.#height || source.width !== width || source.height !== height) throw new Error('this fake draws all or nothing');
      const before = this.#stored;
      this.#stored = Uint8ClampedArray.from(source.premultiplied, (sample, index) => sample + (before[index] ?? 0) * (1 - (source.premultiplied[index - (index % 4) + 3] ?? 0) / 255));
    },
  };
}

export interface FakeContext {
  readonly getImageData: (x: number, y: number, width: number, height: number, settings?: { readonly colorSpace?: 'srgb' }) => { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray; readonly colorSpace: string };
  readonly putImageData: (image: object, x: number, y: number) => void;
  readonly drawImage: (source: object, x: number, y: number, width: number, height: number) => void;
}

export class FakeImageBitmap {
  width: number;
  height: number;
  closed = false;
  readonly premultiplied: Uint8ClampedArray;

  constructor(rgba: readonly number[], width: number, height: number) {
    this.premultiplied = premultiply(rgba);
    [this.width, this.height] = [width, height];
  }
  close(): void {
    [this.width, this.height, this.closed] = [0, 0, true];
  }
}

export interface FakeVideoFrameOptions {
  /** null: a format that the browser hides. */
  readonly format: 'I420' | 'BGRA' | null;
  /** Whether copyTo converts: Safari's does not. */
  readonly converts: boolean;
  /** Degrees clockwise, of frames whose browser knows of it. */
  readonly rotation?: 0 | 90 | 180 | 270;
  readonly flip?: boolean;
  /** The conversion fails, as of a frame whose memory was lost. */
  readonly broken?: boolean;
}

interface CopyOptions {
  readonly format?: string;
  readonly colorSpace?: string;
  readonly layout?: readonly { readonly offset: number; readonly stride: number }[];
}

interface Shown {
  readonly width: number;
  readonly height: number;
  /** Row by row, four numbers each. */
  readonly elements: readonly (readonly number[])[];
}

/** A quarter turn clockwise: the lowest row becomes the first column. */
function turned({ width, height, elements }: Shown): Shown {
  const columns = Array.from({ length: width }, (_, column) => Array.from({ length: height }, (__, row) => elements[(height - 1 - row) * width + column] ?? []));
  return { width: height, height: width, elements: columns.flat() };
}

function mirrored({ width, height, elements }: Shown): Shown {
  const rows = Array.from({ length: height }, (_, row) => elements.slice(row * width, (row + 1) * width).reverse());
  return { width, height, elements: rows.flat() };
}

/** A frame that stores these elements, width x height; what is drawn of it is turned by its rotation, then flipped. */
export class FakeVideoFrame {
  visibleRect: { readonly width: number; readonly height: number } | null;
  /** As it is drawn. */
  readonly premultiplied: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  rotation?: number;
  flip?: boolean;
  closed = false;
  readonly #rgba: readonly number[];
  readonly #stored: { readonly width: number; readonly height: number };
  readonly #options: FakeVideoFrameOptions;

  constructor(rgba: readonly number[], width: number, height: number, options: FakeVideoFrameOptions) {
    this.visibleRect = { width, height };
    this.#stored = { width, height };
    this.#rgba = rgba;
    this.#options = options;
    let shown: Shown = { width, height, elements: Array.from({ length: width * height }, (_, index) => rgba.slice(4 * index, 4 * index + 4)) };
    for (let degrees = 0; degrees < (options.rotation ?? 0); degrees += 90) shown = turned(shown);
    if (options.flip === true) shown = mirrored(shown);
    [this.width, this.height, this.premultiplied] = [shown.width, shown.height, premultiply(shown.elements.flat())];
    if (options.rotation !== undefined) this.rotation = options.rotation;
    if (options.flip !== undefined) this.flip = options.flip;
  }
  close(): void {
    this.closed = true;
    this.visibleRect = null;
    if (this.rotation !== undefined) this.rotation = 0;
    if (this.flip !== undefined) this.flip = false;
  }

  /** What is left of a dictionary when the bindings have read the members that they know, by name in order. */
  #read(options: CopyOptions | undefined): CopyOptions {
    const { converts } = this.#options;
    const colorSpace = converts ? options?.colorSpace : undefined;
    const format = converts ? options?.format : undefined;
    const layout = options?.layout;
    return { ...(colorSpace === undefined ? {} : { colorSpace }), ...(format === undefined ? {} : { format }), ...(layout === undefined ? {} : { layout }) };
  }

  /** The planes that will be written: bytes and rows of each. */
  #planes(format: string | null): readonly { readonly stride: number; readonly rows: number }[] {
    // Whatever is asked for: what is hidden is not converted.
    if (this.#options.format === null) throw domException('NotSupportedError');
    const { width, height } = this.#stored;
    const half = { stride: Math.ceil(width / 2), rows: Math.ceil(height / 2) };
    return format === 'I420' ? [{ stride: width, rows: height }, half, half] : [{ stride: 4 * width, rows: height }];
  }

  allocationSize(options?: CopyOptions): number {
    // The bindings read the dictionary before anything else is done.
    const { format = this.#options.format, layout } = this.#read(options);
    if (this.closed) throw domException('InvalidStateError');
    const planes = this.#planes(format);
    if (layout !== undefined && layout.length !== planes.length) throw new TypeError('layout.length does not match the number of planes');
    return planes.reduce((sum, { stride, rows }, plane) => sum + (layout?.[plane]?.stride ?? stride) * rows, 0);
  }

  async copyTo(destination: Uint8Array, options?: CopyOptions): Promise<unknown> {
    const size = this.allocationSize(options);
    if (destination.length < size) throw new TypeError('destination is too small');
    const { format = this.#options.format } = this.#read(options);
    await Promise.resolve();
    if (this.#options.broken === true) throw domException('EncodingError', 'the frame is lost');
    const order = format === 'BGRA' ? [2, 1, 0, 3] : [0, 1, 2, 3];
    destination.set(this.#rgba.map((_, index) => this.#rgba[index - (index % 4) + (order[index % 4] ?? 0)] ?? 0));
    return this.#planes(format).map(({ stride }) => ({ offset: 0, stride }));
  }
}
