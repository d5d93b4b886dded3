import { suggest, ValueError, type DType } from '@xcorr/graph';
import { dtypes } from './check.ts';
import { checkNames, driverNames, type CheckName, type DriverName } from './checks.ts';

/**
 * Why a check fails, in every dtype; or its parts that do, each with its reason. A part is a dtype, `float64`; a case, by
 * its name, in every dtype; or a case in one dtype, `float64: max`.
 */
export type Gap = string | Readonly<Record<string, string>>;

export type KnownGaps = Readonly<Partial<Record<CheckName, Gap>>>;

/** What a driver decides of a check, and why. */
export type Unspecified = Readonly<Partial<Record<DriverName, Gap>>>;

/** A part of a check that may fail: undefined stands for all dtypes, and for all of the check. */
export interface Part {
  readonly dtype: DType | undefined;
  readonly case: string | undefined;
  readonly reason: string;
}

/** What may fail of a check. */
export interface Excuse {
  readonly status: 'known gap' | 'unspecified';
  readonly parts: readonly Part[];
  readonly reason: string;
}

function partOf(name: string, reason: string): Part {
  const whole = dtypes.find((dtype) => dtype === name);
  if (whole !== undefined) return { dtype: whole, case: undefined, reason };
  const dtype = dtypes.find((each) => name.startsWith(`${each}: `));
  return { dtype, case: dtype === undefined ? name : name.slice(dtype.length + 2), reason };
}

/** The name under which a part is listed; undefined for all of a check. */
export function nameOfPart({ dtype, case: only }: Omit<Part, 'reason'>): string | undefined {
  return dtype !== undefined && only !== undefined ? `${dtype}: ${only}` : (dtype ?? only);
}

function excuse(status: Excuse['status'], gap: Gap): Excuse {
  if (typeof gap === 'string') return { status, parts: [{ dtype: undefined, case: undefined, reason: gap }], reason: gap };
  const parts = Object.entries(gap);
  return { status, parts: parts.map(([name, reason]) => partOf(name, reason)), reason: parts.map(([name, reason]) => `${name}: ${reason}`).join('; ') };
}

/** What the options excuse of a check. */
export function excuseOf(name: CheckName, knownGaps: KnownGaps, unspecified: Unspecified): Excuse | undefined {
  const gap = knownGaps[name];
  if (gap !== undefined) return excuse('known gap', gap);
  const decided = Object.entries(unspecified).find(([each]) => each === name)?.[1];
  return decided === undefined ? undefined : excuse('unspecified', decided);
}

/** @throws ValueError when one of some names is none of the known ones. */
export function checkNamesOf(given: readonly string[], known: readonly string[], option: string): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ValueError(`conformance: ${option} names ${JSON.stringify(unknown)}, which is none of its checks; ${suggest(unknown, known, 'checks')}`);
}

function checkReason(gap: string, reason: unknown): void {
  if (typeof reason !== 'string' || reason.trim() === '') throw new ValueError(`conformance: ${gap} has no reason; say in a sentence why it is there`);
}

function checkReasons(what: string, gaps: KnownGaps | Unspecified): void {
  for (const [name, gap] of Object.entries(gaps)) {
    const shown = `${what} ${JSON.stringify(name)}`;
    if (typeof gap === 'object' && Object.keys(gap).length === 0) throw new ValueError(`conformance: ${shown} names no part; give a reason for all of it, or { part: reason }`);
    if (typeof gap === 'object') for (const [each, reason] of Object.entries(gap)) checkReason(`${shown}, ${JSON.stringify(each)},`, reason);
    else checkReason(shown, gap);
  }
}

/** @throws ValueError when a check is named that there is not, one has no reason, or a check is both. */
export function checkExcuses(knownGaps: KnownGaps, unspecified: Unspecified): void {
  checkNamesOf(Object.keys(knownGaps), checkNames, 'knownGaps');
  checkNamesOf(Object.keys(unspecified), driverNames, 'unspecified');
  checkReasons('the known gap', knownGaps);
  checkReasons('unspecified', unspecified);
  const both = Object.keys(knownGaps).find((name) => Object.hasOwn(unspecified, name));
  if (both !== undefined) throw new ValueError(`conformance: ${JSON.stringify(both)} is listed as a known gap and as unspecified; what is never judged is no gap`);
}
