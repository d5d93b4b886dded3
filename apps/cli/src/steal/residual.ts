import { compile, type Backend } from '@xcorr/compiler';
import { add, corr2d, input, NdArray } from '@xcorr/graph';
import { planeInput, type Moments } from './moments.ts';
import { white, type Pair } from './pair.ts';

/** How near a filter comes to AFTER, in grey levels. */
export interface Residual {
  /** Over what was fitted: 1 - squared errors / squared differences of AFTER from its mean; undefined where AFTER is flat. */
  readonly explained?: number;
  readonly rootMeanSquare: number;
  readonly largest: number;
  /** Over all samples within the border, the result rounded and kept within 0 and 255, as a picture of 8 bits is. */
  readonly written: { readonly equalShare: number; readonly largest: number };
}

/** @param kept the moments of what was fitted */
export async function residualOf({ planes, kernel: size }: Pair, kept: Moments, kernel: Float64Array, bias: number, backend: Backend<'async'>): Promise<Residual> {
  const [first] = planes;
  if (first === undefined) throw new Error('a pair without planes');
  const [x, K, b] = [planeInput('before', first.before), input('kernel', size, { dtype: 'float64' }), input('bias', [], { dtype: 'float64' })];
  const program = await compile({ inputs: { x, K, b }, outputs: { filtered: add(corr2d(x, K), b) } }, backend);
  let [squares, largest, equal, total, differing] = [0, 0, 0, 0, 0];
  for (const { before, after, leftOut } of planes) {
    const { data: filtered } = (await program.run({ x: before, K: new NdArray(size, kernel), b: new NdArray([], Float64Array.of(bias)) })).filtered;
    let skipped = 0;
    for (let at = 0; at < filtered.length; at++) {
      const [got, want] = [filtered[at] ?? 0, after.data[at] ?? 0];
      const asByte = Math.abs(Math.min(white, Math.max(0, Math.round(got))) - Math.round(want));
      if (asByte === 0) equal++;
      differing = Math.max(differing, asByte);
      if (leftOut[skipped] === at) {
        skipped++;
        continue;
      }
      const error = Math.abs(got - want);
      squares += error * error;
      largest = Math.max(largest, error);
    }
    total += filtered.length;
  }
  const variation = kept.squares - (kept.total * kept.total) / kept.count;
  // Of levels that are all one, what is left of the difference is rounding.
  const isFlat = !(variation > 1e-9 * kept.squares);
  return { ...(isFlat ? {} : { explained: 1 - squares / variation }), rootMeanSquare: Math.sqrt(squares / kept.count), largest, written: { equalShare: equal / total, largest: differing } };
}
