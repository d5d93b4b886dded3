import { range } from './correlation.ts';
import { advance, get, integer, isLess, load, localsAfter, loopWhile, pick, set, store, subtract, tee, type Code, type FunctionCode } from './encoder.ts';
import { address, floatBytes, vectorBytes } from './wasm-correlation.ts';

export interface WasmPad {
  readonly planes: number;
  readonly height: number;
  readonly width: number;
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly padding: number;
  readonly stride: 1 | 2;
}

/**
 * (from, to): copies planes into padded ones, whose borders stay as they are; by stride 2 the even columns of a row come
 * first. Whole vectors are copied: the width must be a multiple of 4, by stride 2 of 8.
 */
export function wasmPad(name: string, { planes, height, width, paddedHeight, paddedWidth, padding, stride }: WasmPad): FunctionCode {
  const [from, to] = range(2);
  const locals = localsAfter(2);
  const [plane, row, column, line, source] = range(5).map(() => locals.integer());
  const [left, right] = locals.vectors(2);
  const down = (local: number): Code => tee(local, subtract(get(local), integer(1)));
  const half = paddedWidth / 2;
  const offsetOf = (firstColumn: number): number => ((firstColumn % 2) * half + (firstColumn >> 1)) * floatBytes;
  const copy: readonly Code[] =
    stride === 1
      ? [store(address(get(line), get(column), floatBytes), load(get(source)), padding * floatBytes), advance(column, 4)]
      : [
          set(left, load(get(source))),
          set(right, load(get(source), vectorBytes)),
          store(address(get(line), get(column), floatBytes / 2), pick(get(left), get(right), [0, 2, 4, 6]), offsetOf(padding)),
          store(address(get(line), get(column), floatBytes / 2), pick(get(left), get(right), [1, 3, 5, 7]), offsetOf(padding + 1)),
          advance(column, 8),
        ];
  const body = [
    set(plane, integer(planes)),
    loopWhile(
      down(plane),
      set(line, address(get(to), integer(padding), paddedWidth * floatBytes)),
      set(row, integer(height)),
      loopWhile(
        down(row),
        set(column, integer(0)),
        loopWhile(isLess(get(column), integer(width - (stride === 1 ? 3 : 7))), set(source, address(get(from), get(column), floatBytes)), ...copy),
        advance(from, width * floatBytes),
        advance(line, paddedWidth * floatBytes),
      ),
      advance(to, paddedHeight * paddedWidth * floatBytes),
    ),
  ];
  return { name, parameters: 2, locals: locals.types, body: body.flat() };
}
