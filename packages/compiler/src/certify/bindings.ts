import { checkSizes, evaluateInteger, topologicalOrder, variablesOf, XcorrError, type Tensor } from '@xcorr/graph';
import type { Graph } from '../lower/lower.ts';
import { CertificateError } from './certificate-error.ts';
import { rootsOf } from './stages.ts';

/** Numbers for named sizes. */
export type SizeBinding = ReadonlyMap<string, number>;

/** Sizes that are tried lie below this. */
const triedSizes = 60;

/**
 * Sizes for four names, and for more of them again: any two of these are bound to sizes that rise, and to sizes that fall;
 * the first two to equal ones too. Those of one name are four in a row: they have every remainder by 2, 3 and 4, by which
 * loops are blocked, and so has what differs from them by a fixed number. From 7 on, whole blocks lie between borders.
 */
const patterns: readonly (readonly number[])[] = [
  [9, 7, 8, 10],
  [8, 8, 10, 9],
  [10, 9, 7, 8],
  [7, 10, 9, 7],
];

function nodesOf({ inputs, states, outputs, updates }: Graph): readonly Tensor[] {
  return topologicalOrder([...inputs, ...states, ...rootsOf({ outputs, updates })]);
}

/** The names of the sizes of a graph. */
export function sizeNamesIn(graph: Graph): readonly string[] {
  return [...new Set(nodesOf(graph).flatMap((node) => node.shape.flatMap(variablesOf).map(({ name }) => name)))];
}

function fits(nodes: readonly Tensor[], binding: SizeBinding): boolean {
  try {
    checkSizes(nodes, binding);
    return nodes.every((node) => node.shape.every((size) => evaluateInteger(size, binding) > 0));
  } catch (error) {
    if (error instanceof XcorrError) return false;
    throw error;
  }
}

/** 0, 1, … up to the sizes that are tried. */
const upwards: readonly number[] = Array.from({ length: triedSizes }, (_, step) => step);

/** How far a pattern is moved on from where it fits first: so far lies the smallest of its sizes from 1. */
const room = 6;

/**
 * Bindings of the named sizes that a graph takes: the smallest, where borders reach over the whole, and four larger ones, in
 * which sizes rise, fall and are equal. All of these are moved upwards until they fit together; where they never do, each of
 * them is alone.
 *
 * @throws CertificateError when no small numbers fit.
 */
export function bindingsFor(graph: Graph): readonly SizeBinding[] {
  const names = sizeNamesIn(graph);
  if (names.length === 0) return [new Map()];
  const nodes = nodesOf(graph);
  const bound = (sizeOf: (position: number) => number): SizeBinding => new Map(names.map((name, position) => [name, sizeOf(position)]));
  const moved = (step: number) => (pattern: readonly number[]): SizeBinding => bound((position) => step + (pattern[position % pattern.length] ?? 1));
  const isTried = (binding: SizeBinding): boolean => [...binding.values()].every((size) => size < triedSizes) && fits(nodes, binding);
  const doFit = (step: number): boolean => patterns.map(moved(step)).every(isTried);
  const smallest = upwards.map((step) => bound((position) => step + 1 + position)).find(isTried);
  const together = upwards.find(doFit);
  const larger =
    together === undefined
      ? patterns.map((pattern) => upwards.map((step) => moved(step)(pattern)).find(isTried))
      : patterns.map(moved(together > 0 && doFit(together + room) ? together + room : together));
  const found = [smallest, ...larger].filter((each) => each !== undefined);
  if (found.length === 0) throw new CertificateError(`certify: no small numbers were found that fit the sizes ${names.join(', ')}\n  give some as bindings`);
  const keys = found.map((each) => [...each.values()].join());
  return found.filter((_, position) => keys.indexOf(keys[position] ?? '') === position);
}
