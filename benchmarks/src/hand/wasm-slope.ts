import { range } from './correlation.ts';
import { add, advance, get, integer, isLess, load, localsAfter, loopWhile, plus, set, splat, store, tee, type Code, type FunctionCode } from './encoder.ts';
import { address, floatBytes, multiplyAdd, vectorBytes } from './wasm-correlation.ts';

export interface WasmKernelSlope {
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outputWidth: number;
  readonly inputRow: number;
  /** Rows of the slope must hold zeros from the output's width up to a multiple of 4. */
  readonly slopeRow: number;
  /** Rows of the kernel whose sums a sweep keeps in locals. */
  readonly kernelRows: number;
  /** Adds the squares of the slope to a vector behind the kernel's. */
  readonly squares: boolean;
}

/**
 * (x, dy, dk, firstRow, lastRow): adds the correlation of x with dy to dk, a vector of four partial sums for each tap.
 * The sums of a call stay in locals and are added to memory at its end: calls on bands of rows make sums of two levels,
 * which single precision needs.
 */
export function wasmKernelSlope(name: string, shape: WasmKernelSlope, relaxed: boolean): FunctionCode {
  const { kernelHeight, kernelWidth, outputWidth, inputRow, slopeRow, kernelRows, squares } = shape;
  const [x, dy, dk, firstRow, lastRow] = range(5);
  const locals = localsAfter(5);
  const [row, from, at, end] = range(4).map(() => locals.integer());
  const slope = locals.vector();
  const square = locals.vector();
  const sums = locals.vectors(kernelRows * kernelWidth);
  const addTo = (tap: number, sum: number): Code => store(get(dk), plus(get(sum), load(get(dk), tap * vectorBytes)), tap * vectorBytes);
  const sweeps = range(Math.ceil(kernelHeight / kernelRows)).flatMap((sweep) => {
    const first = sweep * kernelRows;
    const taps = range(Math.min(kernelRows, kernelHeight - first) * kernelWidth);
    const withSquares = squares && sweep === 0;
    const offset = (tap: number): number => ((first + Math.floor(tap / kernelWidth)) * inputRow + (tap % kernelWidth)) * floatBytes;
    return [
      ...taps.map((tap) => set(sums[tap], splat(0))),
      withSquares ? set(square, splat(0)) : [],
      set(row, get(firstRow)),
      loopWhile(
        isLess(get(row), get(lastRow)),
        set(from, address(get(x), get(row), inputRow * floatBytes)),
        set(at, address(get(dy), get(row), slopeRow * floatBytes)),
        set(end, add(get(at), integer(4 * Math.ceil(outputWidth / 4) * floatBytes))),
        loopWhile(
          isLess(tee(at, add(get(at), integer(vectorBytes))), get(end)),
          set(slope, load(get(at))),
          withSquares ? set(square, multiplyAdd(relaxed, get(slope), get(slope), get(square))) : [],
          ...taps.map((tap) => set(sums[tap], multiplyAdd(relaxed, load(get(from), offset(tap)), get(slope), get(sums[tap])))),
          advance(from, vectorBytes),
        ),
        advance(row, 1),
      ),
      withSquares ? addTo(kernelHeight * kernelWidth, square) : [],
      ...taps.map((tap) => addTo(first * kernelWidth + tap, sums[tap])),
    ];
  });
  return { name, parameters: 5, locals: locals.types, body: sweeps.flat() };
}
