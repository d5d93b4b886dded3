import { expose, transfer } from 'comlink';
import { chooseProcessor } from '../compute/choose-backend.ts';
import { choosePlace, insteadOfGpu, type Place } from '../compute/choose-place.ts';
import { hasWebgl } from '../compute/open-gpu.ts';
import { pixelsOf, type PictureProblem, type Pixels } from '../compute/read-picture.ts';
import type { Matrix } from '../page/matrix-text.ts';
import type { Learned } from './learned.ts';
import type { Problem } from './problem.ts';
import type { AfterChoice, BeforeChoice, StealState } from './state.ts';
import { applyFilter } from './work/apply.ts';
import { placesToFilter } from './work/budget.ts';
import { exampleAfter } from './work/example-after.ts';
import { learn as learnFrom, type Places } from './work/learn.ts';
import type { ImageBytes } from './work/measure.ts';
import { mostSide, placesWithin, type Size } from './work/pair.ts';
import { examplePhotograph, keep, keptPicture, middleOfPicture } from './work/pictures.ts';

/** Two photographs, as the page shows them. */
export type ShownPair = { readonly before: ImageBitmap; readonly after: ImageBitmap };

export type Lesson = { readonly learned: Learned; readonly again: ImageBitmap; readonly difference: ImageBitmap };

/** What a filter makes of a picture, and the picture itself. */
export type Filtered = { readonly given: ImageBitmap; readonly filtered: ImageBitmap; readonly milliseconds: number };

/** What the filter is run on beside the camera. */
export type Still = { readonly kind: 'photograph' } | { readonly kind: 'own'; readonly id: number };

export type StealWorker = {
  readonly open: (file: Blob, name: string) => Promise<{ readonly id: number } | { readonly problem: PictureProblem }>;
  readonly show: (choice: Choice) => Promise<ShownPair>;
  readonly learn: (state: StealState) => Promise<Lesson | Problem>;
  readonly filterStill: (still: Still, kernel: Matrix, bias: number) => Promise<Filtered>;
  /** A picture of the camera, which it closes. */
  readonly filterFrame: (frame: ImageBitmap, kernel: Matrix, bias: number) => Promise<Filtered>;
};

type Choice = { readonly before: BeforeChoice; readonly after: AfterChoice };

/** A still picture is shown for longer than a picture of the camera: filtering it may take longer. */
const stillTime = 6e8;
const frameTime = 4e7;

/** Filters may run on a GPU where loops are forbidden; a GPU that refuses is not asked again. */
let place: Promise<Place> | undefined;

async function onPlace<Result>(work: (place: Place) => Promise<Result>): Promise<Result> {
  place ??= choosePlace('automatic', !chooseProcessor().loops && hasWebgl());
  const chosen = await place;
  try {
    return await work(chosen);
  } catch (error) {
    if (chosen.kind !== 'gpu') throw error;
    const instead = insteadOfGpu(error);
    place = Promise.resolve(instead);
    return work(instead);
  }
}

/** The pair of a choice: an example's AFTER is made of the middle of BEFORE. */
type Chosen = { readonly before: Pixels; readonly after: Pixels; readonly isCropped: boolean };

let chosen: { readonly key: string; readonly pair: Chosen } | undefined;

async function pairFor({ before, after }: Choice, { backend, kind }: Place): Promise<Chosen> {
  const key = JSON.stringify([before, after, kind]);
  if (chosen?.key !== key) chosen = { key, pair: await makePair(before, after, { backend, kind }) };
  return chosen.pair;
}

/** What closures make an example of in time. */
const closuresSide = 256;

async function makePair(before: BeforeChoice, after: AfterChoice, { backend, kind }: Pick<Place, 'backend' | 'kind'>): Promise<Chosen> {
  const whole = before.kind === 'own' ? keptPicture(before.id) : await examplePhotograph();
  if (after.kind === 'own') return { before: whole, after: keptPicture(after.id), isCropped: false };
  const side = kind === 'closures' ? closuresSide : mostSide;
  const middle = middleOfPicture(whole, [side, side]);
  return { before: middle, after: await exampleAfter(middle, after.name, backend), isCropped: middle !== whole };
}

async function show(choice: Choice): Promise<ShownPair> {
  const pair = await onPlace((place) => pairFor(choice, place));
  const most: Size = [mostSide, mostSide];
  const [before, after] = [bitmapOf(middleOfPicture(pair.before, most)), bitmapOf(middleOfPicture(pair.after, most))];
  return transfer({ before, after }, [before, after]);
}

async function learn({ before, after, rows, columns, bias, everywhere }: StealState): Promise<Lesson | Problem> {
  const begin = performance.now();
  const processor = chooseProcessor();
  const { pair, found } = await onPlace(async (place) => {
    const places: Places = { compiled: processor.loops ? processor.backend : undefined, filters: place.backend, ranOn: place.kind };
    const pair = await pairFor({ before, after }, place);
    return { pair, found: await learnFrom(pair.before, pair.after, { kernel: [rows, columns], bias, everywhere }, places) };
  });
  if ('kind' in found) return found;
  const [again, difference] = [bitmapOf(found.again), bitmapOf(found.difference)];
  const about = { ...found.learned.about, isCropped: found.learned.about.isCropped || pair.isCropped };
  const learned: Learned = { ...found.learned, about, before, after, milliseconds: performance.now() - begin };
  return transfer({ learned, again, difference }, [again, difference]);
}

async function filterStill(still: Still, kernel: Matrix, bias: number): Promise<Filtered> {
  const pixels = still.kind === 'own' ? keptPicture(still.id) : await examplePhotograph();
  return onPlace((place) => filtered(middleOfPicture(pixels, sizeInTime(pixels, kernel, place, stillTime)), kernel, bias, place));
}

/** A picture's middle, of its proportions, that is filtered in time. */
function sizeInTime({ width, height }: { readonly width: number; readonly height: number }, kernel: Matrix, { kind }: Place, time: number): Size {
  return placesWithin([height, width], placesToFilter([kernel.length, kernel[0]?.length ?? 1], 3, kind, time));
}

async function filterFrame(frame: ImageBitmap, kernel: Matrix, bias: number): Promise<Filtered> {
  try {
    return await onPlace(async (place) => {
      const [height, width] = sizeInTime(frame, kernel, place, frameTime);
      const smaller = await createImageBitmap(frame, { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' });
      const read = pixelsOf(smaller, '', { pixels: Infinity, bytes: Infinity });
      if ('problem' in read) throw new Error(read.problem.kind);
      return filtered(read.pixels, kernel, bias, place);
    });
  } finally {
    frame.close();
  }
}

async function filtered(picture: Pixels, kernel: Matrix, bias: number, { backend }: Place): Promise<Filtered> {
  const begin = performance.now();
  const result = await applyFilter(picture, kernel, bias, backend);
  const milliseconds = performance.now() - begin;
  const [given, made] = [bitmapOf(picture), bitmapOf(result)];
  return transfer({ given, filtered: made, milliseconds }, [given, made]);
}

function bitmapOf({ width, height, data }: ImageBytes): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser gives a worker no canvas to draw on');
  context.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas.transferToImageBitmap();
}

const worker: StealWorker = { open: keep, show, learn, filterStill, filterFrame };
expose(worker);
