/** The losses of a run: steps are counted from 1, and a step's loss is that of the kernel before it. */
export type Curve = {
  /** Steps made. */
  readonly total: number;
  /** The losses of the first steps, all of them. */
  readonly head: readonly number[];
  /** Every so many steps one is kept. */
  readonly every: number;
  readonly steps: readonly number[];
  readonly losses: readonly number[];
  /** The loss of the last step, whether it is kept or not. */
  readonly last: number | undefined;
};

export const emptyCurve: Curve = { total: 0, head: [], every: 1, steps: [], losses: [], last: undefined };

/** Steps whose losses are all kept: the book's runs have 10. */
const headLength = 16;

/** More points than a plot has columns say nothing more. */
const mostPoints = 1500;

/** The curve with the losses of the next steps. Where there would be too many points every second one is dropped. */
export function extended(curve: Curve, losses: ArrayLike<number>): Curve {
  const { total, head } = curve;
  const added = Array.from(losses);
  let { every } = curve;
  let points = curve.steps.map((step, index) => ({ step, loss: curve.losses[index] ?? Number.NaN }));
  for (const [index, loss] of added.entries()) {
    const step = total + index + 1;
    if ((step - 1) % every !== 0) continue;
    points.push({ step, loss });
    if (points.length <= mostPoints) continue;
    every *= 2;
    points = points.filter((point) => (point.step - 1) % every === 0);
  }
  return {
    total: total + added.length,
    head: [...head, ...added.slice(0, Math.max(0, headLength - head.length))],
    every,
    steps: points.map(({ step }) => step),
    losses: points.map(({ loss }) => loss),
    last: added.at(-1) ?? curve.last,
  };
}

/** The points to draw: those that are kept and the last. What is no number above 0 has no place on a logarithmic scale. */
export function pointsOf({ steps, losses, total, last }: Curve): { readonly steps: readonly number[]; readonly losses: readonly (number | null)[] } {
  const isMissing = last !== undefined && steps.at(-1) !== total;
  const shown = isMissing ? [...losses, last] : losses;
  return { steps: isMissing ? [...steps, total] : steps, losses: shown.map((loss) => (Number.isFinite(loss) && loss > 0 ? loss : null)) };
}

/** The lines of a table of losses: all of a short run, about ten for each power of ten of a long one, and the last. */
export function linesOf(curve: Curve): readonly { readonly step: number; readonly loss: number }[] {
  const { steps, losses } = curve;
  const lines: { readonly step: number; readonly loss: number }[] = [];
  let next = 1;
  for (const [index, step] of steps.entries()) {
    if (step < next && index < steps.length - 1) continue;
    lines.push({ step, loss: losses[index] ?? Number.NaN });
    next = step < 20 ? step + 1 : Math.ceil(step * 1.3);
  }
  if (curve.last !== undefined && lines.at(-1)?.step !== curve.total) lines.push({ step: curve.total, loss: curve.last });
  return lines;
}
