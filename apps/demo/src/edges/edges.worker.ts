import { expose } from 'comlink';
import { choosePlace, insteadOfGpu, type Place } from '../compute/choose-place.ts';
import { hasWebgl, hasWebgpu, type Graphics } from '../compute/open-gpu.ts';
import type { PlaceName } from '../compute/place-names.ts';
import { keepPrograms } from '../compute/programs.ts';
import { pixelsOf, readPicture, type Pixels, type ReadPicture } from '../compute/read-picture.ts';
import type { Wanted } from './bands.ts';
import { draw } from './draw.ts';
import { findNumbers } from './find-numbers.ts';
import { findBrightness, findValues, KernelOutreaches, type Values } from './find-values.ts';
import { limits } from './limits.ts';
import { cancelled, failed, failure, type Facts, type Found, type FoundInFrame, type FoundNumbers, type Opened } from './outcome.ts';
import { keyOfValues, type Request } from './request.ts';
import type { Plane } from './rows.ts';
import { drawSample, samples } from './samples.ts';
import { putOn, type OffscreenSurfaces, type Put } from './surfaces.ts';

/** Where a picture comes from. */
export type Source = { readonly kind: 'sample'; readonly name: keyof typeof samples } | { readonly kind: 'address'; readonly url: string; readonly name: string } | { readonly kind: 'file'; readonly file: Blob; readonly name: string };

/** Rows that are done, of how many. */
export type Progress = (done: number, of: number) => void;

const programs = keepPrograms(24);

/** Whether WebGL may be used: not before the page has said so. */
let webgl = false;

/** Shows a picture and what was found in it where the page has said. */
let put: Put = () => undefined;

/** The picture that is open, its pixels until they are shown, and the last that was found in it. */
let open: { readonly plane: Plane; before: ImageBitmap | undefined; values: { readonly key: string; readonly found: Values } | undefined } | undefined;

/** Work is wanted until other work is asked for, or it is cancelled. */
let current = {};
function begin(): Wanted {
  const mine = {};
  current = mine;
  return { isWanted: () => current === mine };
}

async function read(source: Source): Promise<ReadPicture> {
  if (source.kind === 'file') return readPicture(source.file, source.name, limits);
  if (source.kind === 'sample') {
    const { width, height } = samples[source.name];
    return { pixels: { width, height, data: drawSample(samples[source.name]) } };
  }
  const response = await fetch(source.url);
  return response.ok ? readPicture(await response.blob(), source.name, limits) : { problem: { kind: 'no-picture', name: source.name } };
}

function planeOf({ width, height, data }: Pixels): Plane {
  return { width, height, channels: 4, data: new Uint8Array(data.buffer) };
}

/** What a GPU refuses, the processor does. */
async function onPlace<Result>(name: PlaceName, work: (place: Place) => Promise<Result>): Promise<{ readonly result: Result; readonly place: Place }> {
  const place = await choosePlace(name, webgl);
  if (place.kind !== 'gpu') return { result: await work(place), place };
  try {
    return { result: await work(place), place };
  } catch (error) {
    if (error instanceof KernelOutreaches) throw error;
    const instead = insteadOfGpu(error);
    return { result: await work(instead), place: instead };
  }
}

function factsOf({ run, compile, ranOn, range }: Values, { notes }: Place, edges: number | undefined): Facts {
  return { run, compile, ranOn, notes, range: edges === undefined ? range : undefined, edges };
}

function failureIn({ width, height }: Plane, error: unknown): ReturnType<typeof failed> {
  return error instanceof KernelOutreaches ? failed({ kind: 'kernel-outreaches', rows: error.rows, columns: error.columns, width, height }) : failure(error);
}

const worker = {
  /** Where pictures are to be shown from now on. To be said once, first. */
  showOn: (on: OffscreenSurfaces): void => {
    put = putOn(on);
  },

  /** What of graphics there is here, where the page has WebGL or not. To be asked before anything may run on a GPU. */
  graphics: async (page: Pick<Graphics, 'webgl'>): Promise<Graphics> => {
    webgl = page.webgl && hasWebgl();
    return { webgl, webgpu: await hasWebgpu() };
  },

  /** Reads a picture and makes it grey. The one before stays open until that has succeeded. */
  open: async (source: Source, place: PlaceName, report: Progress): Promise<Opened> => {
    const wanted = begin();
    try {
      const picture = await read(source);
      if ('problem' in picture) return wanted.isWanted() ? failed(picture.problem) : cancelled;
      const { pixels } = picture;
      const { result: plane } = await onPlace(place, (where) => findBrightness(planeOf(pixels), { place: where, programs, wanted, report }));
      if (plane === undefined) return cancelled;
      const before = await createImageBitmap(new ImageData(pixels.data, pixels.width, pixels.height));
      if (!wanted.isWanted()) {
        before.close();
        return cancelled;
      }
      open?.before?.close();
      open = { plane, before, values: undefined };
      return { kind: 'opened', width: plane.width, height: plane.height };
    } catch (error) {
      return failure(error);
    }
  },

  /** Finds something in the picture that is open, and shows both. */
  find: async (request: Request, report: Progress): Promise<Found> => {
    const wanted = begin();
    const picture = open;
    if (picture === undefined) return cancelled;
    try {
      const key = keyOfValues(request);
      const known = picture.values?.key === key ? picture.values.found : undefined;
      const { result: found, place } = await onPlace(request.place, async (where) => known ?? findValues(picture.plane, request.finding, { place: where, programs, wanted, report }));
      if (found === undefined) return cancelled;
      picture.values = { key, found };
      const { after, edges } = await draw(picture.plane, found, request);
      if (!wanted.isWanted()) {
        after.close();
        return cancelled;
      }
      put(picture.before, after);
      picture.before = undefined;
      return { kind: 'found', facts: factsOf(found, place, edges) };
    } catch (error) {
      return failureIn(picture.plane, error);
    }
  },

  /** Finds something in one picture of a camera, which is open then, and shows both; the bitmap is closed. */
  frame: async (bitmap: ImageBitmap, request: Request): Promise<FoundInFrame> => {
    const wanted = begin();
    const picture = pixelsOf(bitmap, 'camera', limits);
    if ('problem' in picture) return failed(picture.problem);
    const rgba = planeOf(picture.pixels);
    try {
      const { result, place } = await onPlace(request.place, async (where) => {
        const work = { place: where, programs, wanted, report: () => undefined };
        const plane = await findBrightness(rgba, work);
        const found = plane === undefined ? undefined : await findValues(plane, request.finding, work);
        return plane === undefined || found === undefined ? undefined : { plane, found };
      });
      if (result === undefined) return cancelled;
      const { after, edges } = await draw(result.plane, result.found, request);
      const { width, height } = picture.pixels;
      const before = await createImageBitmap(new ImageData(picture.pixels.data, width, height));
      if (!wanted.isWanted()) {
        before.close();
        after.close();
        return cancelled;
      }
      open?.before?.close();
      open = { plane: result.plane, before: undefined, values: { key: keyOfValues(request), found: result.found } };
      put(before, after);
      return { kind: 'found', width, height, facts: factsOf(result.found, place, edges) };
    } catch (error) {
      return failureIn(rgba, error);
    }
  },

  /** What is found in a small matrix. */
  numbers: async (matrix: readonly (readonly number[])[], request: Request): Promise<FoundNumbers> => {
    begin();
    try {
      const { result, place } = await onPlace(request.place, (where) => findNumbers(matrix, request.finding, where, programs));
      return { kind: 'found', values: result.values, facts: { ...result.facts, notes: place.notes } };
    } catch (error) {
      const { finding } = request;
      const [rows, columns] = finding.kind === 'kernel' ? [finding.taps.length, finding.taps[0]?.length ?? 0] : [3, 3];
      const [height, width] = [matrix.length, matrix[0]?.length ?? 0];
      return rows > height || columns > width ? failed({ kind: 'kernel-outreaches', rows, columns, width, height }) : failure(error);
    }
  },

  cancel: (): void => {
    begin();
  },
};

export type EdgesWorker = typeof worker;

expose(worker);
