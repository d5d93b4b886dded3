import { columnRead, full, range, type Correlation } from './correlation.ts';
import { advance, get, integer, isLess, load, loadSplat, localsAfter, loopWhile, set, splat, store, subtract, tee, type FunctionCode } from './encoder.ts';
import { address, floatBytes, multiplyAdd, setAtMost, vectorBytes } from './wasm-correlation.ts';

export interface PanelSchedule {
  readonly vectors: number;
  /** Taps that a turn of the innermost loop takes; it divides their number. */
  readonly unroll: number;
}

/**
 * A layer by panels: what the taps of a few columns read is copied once, side by side, into a panel that stays in the
 * nearest cache; all blocks of output planes are then products of packed weights with it.
 *
 * (x, w, y, firstRow, lastRow, panel); the panel holds channels x taps x vectors of floats.
 */
export function wasmPanelCorrelation(name: string, correlation: Correlation & { readonly features: number }, { vectors, unroll }: PanelSchedule, relaxed: boolean): FunctionCode {
  const { kernelHeight, kernelWidth, outputWidth, inputRow, outputRow, channels, inputPlane, block, outputPlane, stride, phase } = full(correlation);
  const taps = kernelHeight * kernelWidth;
  const [x, w, y, firstRow, lastRow, panel] = range(6);
  const locals = localsAfter(6);
  const [row, column, j, from, at, count, tap, to, blocks] = range(9).map(() => locals.integer());
  const sums = range(block).map(() => locals.vectors(vectors));
  const elements = locals.vectors(vectors);
  const weight = locals.vector();
  const down = (local: number): ReturnType<typeof tee> => tee(local, subtract(get(local), integer(1)));

  const copies = range(taps).flatMap((position) => {
    const read = Math.floor(position / kernelWidth) * inputRow + columnRead({ stride, phase }, position % kernelWidth, 0);
    return range(vectors).map((v) => store(get(at), load(get(from), read * floatBytes + v * vectorBytes), (position * vectors + v) * vectorBytes));
  });
  const products = range(unroll).flatMap((turn) => [
    ...elements.map((element, v) => set(element, load(get(at), (turn * vectors + v) * vectorBytes))),
    ...range(block).flatMap((t) => [
      set(weight, loadSplat(get(tap), (turn * block + t) * floatBytes)),
      ...elements.map((element, v) => set(sums[t][v], multiplyAdd(relaxed, get(element), get(weight), get(sums[t][v])))),
    ]),
  ]);
  const fillPanel = [
    set(at, get(panel)),
    set(count, integer(channels)),
    loopWhile(down(count), ...copies, advance(from, inputPlane * floatBytes), advance(at, taps * vectors * vectorBytes)),
  ];
  const eachBlock = [
    ...sums.flat().map((sum) => set(sum, splat(0))),
    set(at, get(panel)),
    set(count, integer((channels * taps) / unroll)),
    loopWhile(down(count), ...products, advance(at, unroll * vectors * vectorBytes), advance(tap, unroll * block * floatBytes)),
    ...sums.flatMap((ofPlane, t) => ofPlane.map((sum, v) => store(get(to), get(sum), t * outputPlane * floatBytes + v * vectorBytes))),
    advance(to, block * outputPlane * floatBytes),
  ];
  const body = [
    set(row, get(firstRow)),
    loopWhile(
      isLess(get(row), get(lastRow)),
      set(column, integer(0)),
      loopWhile(
        isLess(get(column), integer(outputWidth)),
        setAtMost(j, column, integer(outputWidth - 4 * vectors)),
        set(from, address(address(get(x), get(row), stride * inputRow * floatBytes), get(j), floatBytes)),
        ...fillPanel,
        set(tap, get(w)),
        set(to, address(address(get(y), get(row), outputRow * floatBytes), get(j), floatBytes)),
        set(blocks, integer(correlation.features / block)),
        loopWhile(down(blocks), ...eachBlock),
        advance(column, 4 * vectors),
      ),
      advance(row, 1),
    ),
  ];
  return { name, parameters: 6, locals: locals.types, body: body.flat() };
}
