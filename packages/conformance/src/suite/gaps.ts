import { suggest, ValueError } from '@xcorr/graph';
import { checkNames, driverNames, type CheckName, type DriverName } from './checks.ts';

/** Why a check fails as a whole, or some of its cases, each with its reason. */
export type Gap = string | Readonly<Record<string, string>>;

export type KnownGaps = Readonly<Partial<Record<CheckName, Gap>>>;

/** A check that a driver decides as a whole, or some of its cases. */
export type Unspecified = DriverName | { readonly check: DriverName; readonly cases: readonly string[] };

/** What may fail of a check: all of it, or cases by their names; with the reasons of known gaps. */
export interface Excuse {
  readonly status: 'known gap' | 'unspecified';
  /** Undefined: the whole check. */
  readonly cases: ReadonlyMap<string, string> | undefined;
  readonly reason: string | undefined;
}

const checkOf = (each: Unspecified): DriverName => (typeof each === 'string' ? each : each.check);

/** What the options excuse of a check. */
export function excuseOf(name: CheckName, knownGaps: KnownGaps, unspecified: readonly Unspecified[]): Excuse | undefined {
  const gap = knownGaps[name];
  if (typeof gap === 'string') return { status: 'known gap', cases: undefined, reason: gap };
  if (gap !== undefined) {
    const cases = new Map(Object.entries(gap));
    return { status: 'known gap', cases, reason: [...cases].map(([each, reason]) => `${each}: ${reason}`).join('; ') };
  }
  const listed = unspecified.filter((each) => checkOf(each) === name);
  if (listed.length === 0) return undefined;
  const isWhole = listed.some((each) => typeof each === 'string');
  const cases = listed.flatMap((each) => (typeof each === 'string' ? [] : each.cases.map((one) => [one, ''] as const)));
  return { status: 'unspecified', cases: isWhole ? undefined : new Map(cases), reason: isWhole ? undefined : cases.map(([one]) => one).join(', ') };
}

/** @throws ValueError when one of some names is none of the known ones. */
export function checkNamesOf(given: readonly string[], known: readonly string[], option: string): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ValueError(`conformance: ${option} names ${JSON.stringify(unknown)}, which is none of its checks; ${suggest(unknown, known, 'checks')}`);
}

function checkReason(gap: string, reason: unknown): void {
  if (typeof reason !== 'string' || reason.trim() === '') throw new ValueError(`conformance: the known gap ${gap} has no reason; say in a sentence why it is there`);
}

/** @throws ValueError when a check is named that there is not, a gap has no reason, or a check is both. */
export function checkExcuses(knownGaps: KnownGaps, unspecified: readonly Unspecified[]): void {
  checkNamesOf(Object.keys(knownGaps), checkNames, 'knownGaps');
  checkNamesOf(unspecified.map(checkOf), driverNames, 'unspecified');
  for (const [name, gap] of Object.entries(knownGaps)) {
    const shown = JSON.stringify(name);
    if (typeof gap === 'object' && Object.keys(gap).length === 0) throw new ValueError(`conformance: the known gap ${shown} names no case; give a reason for all of it, or { case: reason }`);
    if (typeof gap === 'object') for (const [each, reason] of Object.entries(gap)) checkReason(`${shown}, ${JSON.stringify(each)},`, reason);
    else checkReason(shown, gap);
    if (unspecified.some((each) => checkOf(each) === name)) throw new ValueError(`conformance: ${shown} is listed as a known gap and as unspecified; what is never judged is no gap`);
  }
  for (const each of unspecified)
    if (typeof each !== 'string' && each.cases.length === 0) throw new ValueError(`conformance: unspecified ${JSON.stringify(each.check)} names no case; name the check alone for all of them`);
}
