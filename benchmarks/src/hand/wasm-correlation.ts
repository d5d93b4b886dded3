import { columnRead, full, range, type Correlation, type FullCorrelation } from './correlation.ts';
import {
  add,
  advance,
  bitwiseAnd,
  get,
  integer,
  isGreater,
  isLess,
  larger,
  load,
  loadSplat,
  localsAfter,
  loopWhile,
  minus,
  multiply,
  plus,
  relaxedMultiplyAdd,
  set,
  splat,
  store,
  subtract,
  tee,
  times,
  when,
  whereGreater,
  type Code,
  type FunctionCode,
} from './encoder.ts';

// Correlations over lanes of four columns. A block of rows and vectors of results stays in locals; a vector of the input is
// loaded once for all rows that use it; taps are splat into locals before the loops, even hundreds of them, or where they are
// used. The last block of rows and of columns overlaps the one before: results are only stored, so nothing is left over.

export interface WasmSchedule {
  readonly rows: number;
  /** Vectors of four columns. */
  readonly vectors: number;
  readonly taps: 'locals' | 'memory' | readonly number[];
}

export const floatBytes = 4;
export const vectorBytes = 16;

/** a * b + c. */
export function multiplyAdd(relaxed: boolean, a: Code, b: Code, c: Code): Code {
  return relaxed ? relaxedMultiplyAdd(a, b, c) : plus(c, times(a, b));
}

/** base + index * bytes. */
export function address(base: Code, index: Code, bytes: number): Code {
  return add(base, multiply(index, integer(bytes)));
}

/** index, but not beyond `last`: the block that starts there ends with its neighbour. */
export function setAtMost(local: number, index: number, last: Code): Code {
  return [...set(local, get(index)), ...when(isGreater(get(index), last), set(local, last))];
}

/** (x, w, y, firstRow, lastRow, other): addresses, and rows as in the JavaScript; `other` has rows as the output has, or `otherRow` apart. */
export function wasmCorrelation(name: string, correlation: Correlation & { readonly otherRow?: number }, schedule: WasmSchedule, relaxed: boolean): FunctionCode {
  const whole = full(correlation);
  const { kernelHeight, kernelWidth, outputWidth, inputRow, outputRow, channels, inputPlane, block, outputPlane, stride, epilogue } = whole;
  const otherRow = correlation.otherRow ?? outputRow;
  const { rows, vectors, taps } = schedule;
  const [x, w, y, firstRow, lastRow, other] = range(6);
  const locals = localsAfter(6);
  const [row, i, column, j, from, to, tap, rowOut, rowOther, beside, channel] = range(11).map(() => locals.integer());
  const sums = range(block).map(() => range(rows).map(() => locals.vectors(vectors)));
  const elements = locals.vectors(vectors);
  const weight = locals.vector();
  const held = taps === 'locals' ? locals.vectors(kernelHeight * kernelWidth * block) : [];
  const results = range(block).flatMap((t) => range(rows).flatMap((r) => range(vectors).map((v) => ({ t, r, v, sum: sums[t][r][v] }))));

  const ended: Readonly<Record<FullCorrelation['epilogue'], (sum: number, t: number, r: number, v: number) => Code>> = {
    none: (sum) => get(sum),
    relu: (sum) => larger(get(sum), splat(0)),
    residual: (sum, _, r, v) => minus(get(sum), load(get(beside), r * otherRow * floatBytes + v * vectorBytes)),
    mask: (sum, t, r, v) =>
      bitwiseAnd(get(sum), whereGreater(load(get(beside), (t * outputPlane + r * otherRow) * floatBytes + v * vectorBytes), splat(0))),
  };
  const isBefore = (bound: number): Code => isLess(get(column), integer(bound));
  const products = productsOf(whole, schedule, { sums, elements, weight, held, from, tap }, relaxed);
  const overChannels =
    channels === 1
      ? products
      : [
          set(channel, integer(channels)),
          loopWhile(
            tee(channel, subtract(get(channel), integer(1))),
            ...products,
            advance(from, inputPlane * floatBytes),
            advance(tap, kernelHeight * kernelWidth * block * floatBytes),
          ),
        ];
  const tile: readonly Code[] = [
    setAtMost(j, column, integer(outputWidth - 4 * vectors)),
    set(from, address(address(get(x), get(i), stride * inputRow * floatBytes), get(j), floatBytes)),
    set(to, address(get(rowOut), get(j), floatBytes)),
    epilogue === 'residual' || epilogue === 'mask' ? set(beside, address(get(rowOther), get(j), floatBytes)) : [],
    ...results.map(({ sum }) => set(sum, splat(0))),
    set(tap, get(w)),
    ...overChannels,
    ...results.map(({ t, r, v, sum }) => store(get(to), ended[epilogue](sum, t, r, v), (t * outputPlane + r * outputRow) * floatBytes + v * vectorBytes)),
    advance(column, 4 * vectors),
  ];
  const body: readonly Code[] = [
    ...held.map((local, at) => set(local, loadSplat(get(w), at * floatBytes))),
    set(row, get(firstRow)),
    loopWhile(
      isLess(get(row), get(lastRow)),
      setAtMost(i, row, subtract(get(lastRow), integer(rows))),
      set(rowOut, address(get(y), get(i), outputRow * floatBytes)),
      set(rowOther, address(get(other), get(i), otherRow * floatBytes)),
      set(column, integer(0)),
      loopWhile(isBefore(outputWidth), ...tile),
      advance(row, rows),
    ),
  ];
  return { name, parameters: 6, locals: locals.types, body: body.flat() };
}

interface TileLocals {
  /** By output plane, row, vector. */
  readonly sums: readonly (readonly (readonly number[])[])[];
  readonly elements: readonly number[];
  readonly weight: number;
  readonly held: readonly number[];
  readonly from: number;
  readonly tap: number;
}

/** All products of one channel. */
function productsOf(
  { kernelHeight, kernelWidth, inputRow, block, stride, phase }: FullCorrelation,
  { rows, vectors, taps }: WasmSchedule,
  { sums, elements, weight, held, from, tap }: TileLocals,
  relaxed: boolean,
): readonly Code[] {
  return range(stride * (rows - 1) + kernelHeight).flatMap((read) =>
    range(kernelWidth).flatMap((v) => {
      const users = range(rows).filter((r) => read - r * stride >= 0 && read - r * stride < kernelHeight);
      if (users.length === 0) return [];
      const offset = (read * inputRow + columnRead({ stride, phase }, v, 0)) * floatBytes;
      const loads = elements.map((element, vector) => set(element, load(get(from), offset + vector * vectorBytes)));
      const adds = users.flatMap((r) =>
        range(block).flatMap((t) => {
          const at = ((read - r * stride) * kernelWidth + v) * block + t;
          const each = (added: (sum: Code, element: Code) => Code): readonly Code[] =>
            range(vectors).map((vector) => set(sums[t][r][vector], added(get(sums[t][r][vector]), get(elements[vector]))));
          if (typeof taps !== 'string') return literalProduct(taps[at], each, relaxed);
          if (taps === 'locals') return each((sum, element) => multiplyAdd(relaxed, element, get(held[at]), sum));
          return [set(weight, loadSplat(get(tap), at * floatBytes)), ...each((sum, element) => multiplyAdd(relaxed, element, get(weight), sum))];
        }),
      );
      return [...loads, ...adds];
    }),
  );
}

function literalProduct(tap: number, each: (added: (sum: Code, element: Code) => Code) => readonly Code[], relaxed: boolean): readonly Code[] {
  if (tap === 0) return [];
  if (tap === 1) return each(plus);
  if (tap === -1) return each(minus);
  return each((sum, element) => multiplyAdd(relaxed, element, splat(tap), sum));
}
