import { kernels, type Kernel, type KernelName } from '@xcorr/image';
import { placeNames, type PlaceName } from '../compute/place-names.ts';
import { readMatrix, readNumber, writeMatrix } from '../page/matrix-text.ts';

export const pictureNames = ['book', 'book-transposed', 'landscape', 'shapes', 'rings', 'own', 'camera'] as const;

/** What is looked at. `own` and `camera` belong to one reader: no URL holds them. */
export type PictureName = (typeof pictureNames)[number];

/** A kernel's response, the gradient's direction, or Canny's edges. */
export const findNames = ['kernel', 'direction', 'canny'] as const;
export type FindName = (typeof findNames)[number];

/** How a picture goes on beyond its border; `none`: it does not, and the kernel lies inside. */
export const borderNames = ['none', 'reflect', 'symmetric', 'edge', 'wrap', 'zero', 'constant'] as const;
export type BorderName = (typeof borderNames)[number];

export const viewNames = ['signed', 'absolute', 'as-is'] as const;
export type ViewName = (typeof viewNames)[number];

/** Pairs of kernels along x and y. */
export const pairNames = ['sobel', 'prewitt', 'scharr', 'central'] as const;
export type PairName = (typeof pairNames)[number];

export const directionViewNames = ['hue', 'arrows'] as const;
export type DirectionViewName = (typeof directionViewNames)[number];

export type EdgesState = {
  readonly picture: PictureName;
  readonly find: FindName;
  /** `edited`: the taps are the reader's own. */
  readonly kernelName: KernelName | 'edited';
  readonly taps: Kernel;
  readonly border: BorderName;
  /** What stands beyond the border where that is `constant`: 0 black, 255 white. */
  readonly constant: number;
  readonly view: ViewName;
  readonly pair: PairName;
  readonly directionView: DirectionViewName;
  readonly low: number;
  readonly high: number;
  readonly norm: 'L1' | 'L2';
  readonly aperture: 3 | 5;
  /** Whether the picture is smoothed before Canny's edges are looked for. */
  readonly smooth: boolean;
  readonly place: PlaceName;
  /** Where the divider stands, in percent: the picture is to the left of it, the result to the right. */
  readonly divider: number;
};

export const initialState: EdgesState = {
  picture: 'book',
  find: 'kernel',
  kernelName: 'book',
  taps: kernels.book,
  border: 'none',
  constant: 128,
  view: 'signed',
  pair: 'sobel',
  directionView: 'hue',
  low: 100,
  high: 200,
  norm: 'L1',
  aperture: 3,
  smooth: false,
  place: 'automatic',
  divider: 50,
};

/** Rows and columns that the cells of a kernel can have. */
export const mostTaps = 15;

/** The largest magnitude of a tap: responses are far from overflow in single precision. */
export const largestTap = 1e6;

function areTapsAllowed(taps: Kernel): boolean {
  return taps.flat().every((tap) => Math.abs(tap) <= largestTap);
}

/** Larger than the L1 norm of any gradient that Sobel's 5 x 5 gives to bytes. */
export const highestThreshold = 25_000;

/** The letters of a URL's parameters, by what of the state they hold. */
export function writeState(state: EdgesState): Readonly<Record<string, string>> {
  const written: Record<string, string> = {};
  const note = (name: string, value: string, usual: string): void => {
    if (value !== usual) written[name] = value;
  };
  if (state.picture !== 'own' && state.picture !== 'camera') note('picture', state.picture, initialState.picture);
  note('find', state.find, initialState.find);
  if (state.kernelName === 'edited') written['kernel'] = writeMatrix(state.taps);
  else note('kernel', state.kernelName, initialState.kernelName);
  note('border', state.border, initialState.border);
  note('constant', String(state.constant), String(initialState.constant));
  note('view', state.view, initialState.view);
  note('pair', state.pair, initialState.pair);
  note('as', state.directionView, initialState.directionView);
  note('low', String(state.low), String(initialState.low));
  note('high', String(state.high), String(initialState.high));
  note('norm', state.norm, initialState.norm);
  note('aperture', String(state.aperture), String(initialState.aperture));
  note('smooth', state.smooth ? 'yes' : 'no', 'no');
  note('on', state.place, initialState.place);
  note('divider', String(state.divider), String(initialState.divider));
  return written;
}

export function readState(parameters: URLSearchParams): EdgesState {
  const of = (name: string): string => parameters.get(name) ?? '';
  const picture = oneOf(pictureNames, of('picture'), initialState.picture);
  const low = numberIn(of('low'), 0, highestThreshold, initialState.low);
  const high = numberIn(of('high'), 0, highestThreshold, initialState.high);
  return {
    picture: picture === 'own' || picture === 'camera' ? initialState.picture : picture,
    find: oneOf(findNames, of('find'), initialState.find),
    ...kernelOf(of('kernel')),
    border: oneOf(borderNames, of('border'), initialState.border),
    constant: Math.round(numberIn(of('constant'), 0, 255, initialState.constant)),
    view: oneOf(viewNames, of('view'), initialState.view),
    pair: oneOf(pairNames, of('pair'), initialState.pair),
    directionView: oneOf(directionViewNames, of('as'), initialState.directionView),
    low: Math.min(low, high),
    high,
    norm: oneOf(['L1', 'L2'] as const, of('norm'), initialState.norm),
    aperture: of('aperture') === '5' ? 5 : 3,
    smooth: of('smooth') === 'yes',
    place: oneOf(placeNames, of('on'), initialState.place),
    divider: Math.round(numberIn(of('divider'), 0, 100, initialState.divider)),
  };
}

export function isKernelName(name: string): name is KernelName {
  return Object.hasOwn(kernels, name);
}

function kernelOf(text: string): Pick<EdgesState, 'kernelName' | 'taps'> {
  if (isKernelName(text)) return { kernelName: text, taps: kernels[text] };
  const taps = text === '' ? undefined : readMatrix(text, mostTaps);
  return taps === undefined || !areTapsAllowed(taps) ? { kernelName: initialState.kernelName, taps: initialState.taps } : { kernelName: 'edited', taps };
}

function oneOf<Name extends string>(names: readonly Name[], text: string, otherwise: Name): Name {
  return names.find((name) => name === text) ?? otherwise;
}

function numberIn(text: string, least: number, most: number, otherwise: number): number {
  const number = readNumber(text);
  return number === undefined || number < least || number > most ? otherwise : number;
}
