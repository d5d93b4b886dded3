/** What is done to BEFORE in the page, so that there is something to steal. */
export const exampleNames = ['blur', 'motion', 'sharpen', 'sobel', 'posterise', 'magnitude'] as const;

export type ExampleName = (typeof exampleNames)[number];

/** A picture of the reader's, which the worker keeps under this number. */
export type OwnPicture = { readonly kind: 'own'; readonly id: number; readonly name: string };

/** The photograph that comes with the page, or one of the reader's. */
export type BeforeChoice = { readonly kind: 'example' } | OwnPicture;

/** BEFORE with something done to it, or a picture of the reader's. */
export type AfterChoice = { readonly kind: 'example'; readonly name: ExampleName } | OwnPicture;

/** All that a filter is learned by. */
export type StealState = {
  readonly before: BeforeChoice;
  readonly after: AfterChoice;
  readonly rows: number;
  readonly columns: number;
  /** Whether a number that is added to every element is sought, too. */
  readonly bias: boolean;
  /** Whether every place is learned from, however long that takes. */
  readonly everywhere: boolean;
};

/** The most rows, and columns, of a kernel. */
export const mostTaps = 9;

/** The sizes that have a button of their own. */
export const squareSizes = [3, 5, 7, 9] as const;

type Sought = Pick<StealState, 'rows' | 'columns' | 'bias'>;

/** What finds an example's filter: of the last two there is none. */
const soughtFor: Readonly<Record<ExampleName, Sought>> = {
  blur: { rows: 5, columns: 5, bias: false },
  motion: { rows: 1, columns: 9, bias: false },
  sharpen: { rows: 3, columns: 3, bias: false },
  sobel: { rows: 3, columns: 3, bias: true },
  posterise: { rows: 5, columns: 5, bias: false },
  magnitude: { rows: 3, columns: 3, bias: true },
};

export const initial: StealState = { before: { kind: 'example' }, after: { kind: 'example', name: 'blur' }, ...soughtFor.blur, everywhere: false };

export function withExample(state: StealState, name: ExampleName): StealState {
  return { ...state, after: { kind: 'example', name }, ...soughtFor[name] };
}

export type Slot = 'before' | 'after';

export function withPicture(state: StealState, slot: Slot, picture: OwnPicture): StealState {
  return { ...state, [slot]: picture };
}

export function withSize(state: StealState, rows: number, columns: number): StealState {
  return isSide(rows) && isSide(columns) ? { ...state, rows, columns } : state;
}

function isSide(side: number): boolean {
  return Number.isInteger(side) && side >= 1 && side <= mostTaps;
}

/** Where the next picture goes that comes without saying where: AFTER, where BEFORE is the reader's and AFTER is not. */
export function nextSlot({ before, after }: StealState): Slot {
  return before.kind === 'own' && after.kind !== 'own' ? 'after' : 'before';
}

/** The parameters of a URL that differ from the initial state. A reader's pictures are in none. */
export function write(state: StealState): Readonly<Record<string, string>> {
  const example = state.after.kind === 'example' ? state.after.name : 'blur';
  const usual = soughtFor[example];
  return {
    ...(example === 'blur' ? {} : { after: example }),
    ...(state.rows === usual.rows && state.columns === usual.columns ? {} : { size: `${state.rows}x${state.columns}` }),
    ...(state.bias === usual.bias ? {} : { bias: state.bias ? '1' : '0' }),
    ...(state.everywhere ? { everywhere: '1' } : {}),
  };
}

/** The state that parameters hold. One that is wrong counts as absent. */
export function read(parameters: URLSearchParams): StealState {
  const named = exampleNames.find((name) => name === parameters.get('after'));
  const start = withExample(initial, named ?? 'blur');
  const size = /^(\d)x(\d)$/.exec(parameters.get('size') ?? '');
  const sized = size === null ? start : withSize(start, Number(size[1]), Number(size[2]));
  const bias = parameters.get('bias');
  return { ...sized, bias: bias === null ? start.bias : bias === '1', everywhere: parameters.get('everywhere') === '1' };
}
