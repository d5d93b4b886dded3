import type { Probe } from './probe.ts';

/** One comparison: along one element of a tensor, or along a direction of all its elements. */
export interface GradientProbe extends Probe {
  /** 1: the gradient. 2: the gradient of the gradient along a direction. */
  readonly order: 1 | 2;
  /** The tensor's name, or its place among those asked for. */
  readonly tensor: string;
  /** The element that was moved; undefined where all were, in a direction that looks random. */
  readonly position: readonly number[] | undefined;
}

/** What was compared, and how it came out. */
export interface GradientReport {
  readonly probes: readonly GradientProbe[];
  readonly agreed: number;
  readonly differed: number;
  /** Probes of which differences say nothing: kinks, jumps, ends of a domain. */
  readonly notJudged: number;
  /** The largest error of those that were judged. */
  readonly largestError: number;
}

/** How many of a kind are shown: the first ones are enough to find a mistake. */
const shown = 8;

function line({ order, tensor, position, gradient, difference }: GradientProbe): string {
  const place = position === undefined ? 'a direction' : position.length === 0 ? 'its value' : `[${position.join(', ')}]`;
  return `  ${order === 1 ? '' : 'second order: '}${tensor}, along ${place}: the gradient says ${number(gradient)}, differences ${number(difference)}`;
}

const number = (value: number): string => String(Number(value.toPrecision(7)));

function lines(probes: readonly GradientProbe[]): readonly string[] {
  const more = probes.length - shown;
  return [...probes.slice(0, shown).map(line), ...(more > 0 ? [`  and ${more} more`] : [])];
}

/**
 * What a comparison of gradients with differences found: those that differ first, then those that could not be judged.
 *
 * @example
 * const x = input('x', []);
 * printGradientReport(gradientReport(abs(x), [x], { x: 0 }, { directions: 0 })).split('\n')[0]; // => 'nothing could be judged'
 */
export function printGradientReport({ probes, agreed, differed, notJudged, largestError }: GradientReport): string {
  const headline =
    differed > 0
      ? `${differed} of ${probes.length} slopes are not what differences say`
      : agreed === 0
        ? 'nothing could be judged'
        : `${agreed} slopes are what differences say, within ${number(largestError)}`;
  const unjudged = lines(probes.filter(({ verdict }) => verdict === 'notJudged'));
  return [
    headline,
    ...lines(probes.filter(({ verdict }) => verdict === 'differs')),
    ...(notJudged > 0 ? [`  a kink, a jump or the end of the domain is nearer than the step: ${notJudged} not judged${agreed === 0 ? '; give another point, or a smaller step' : ''}`, ...unjudged] : []),
  ].join('\n');
}

/** The report of some probes. */
export function summary(all: readonly GradientProbe[]): GradientReport {
  const count = (wanted: Probe['verdict']): number => all.filter(({ verdict }) => verdict === wanted).length;
  const judged = all.filter(({ verdict }) => verdict !== 'notJudged');
  return {
    probes: all,
    agreed: count('agrees'),
    differed: count('differs'),
    notJudged: count('notJudged'),
    largestError: judged.reduce((largest, { error }) => Math.max(largest, error), 0),
  };
}
