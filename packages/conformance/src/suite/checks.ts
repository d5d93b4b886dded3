import { accuracyChecks, type AccuracyName } from '../checks/accuracy.ts';
import { asynchronousChecks, type AsynchronousName } from '../checks/asynchronous.ts';
import { borderChecks, type BorderName } from '../checks/borders.ts';
import { byteChecks, byteDriverNames, type ByteDriverName, type ByteName } from '../checks/bytes.ts';
import { certificateCheck } from '../checks/certificate.ts';
import { emissionChecks, type EmissionName } from '../checks/emission.ts';
import { functionChecks, type FunctionCheckName } from '../checks/functions.ts';
import { gradientChecks, type GradientName } from '../checks/gradients.ts';
import { largeChecks, type LargeName } from '../checks/large.ts';
import { memoryCheck } from '../checks/memory.ts';
import { nestChecks, type NestName } from '../checks/nests.ts';
import { numberChecks, type NumberName } from '../checks/numbers.ts';
import { orderChecks, type OrderName } from '../checks/order.ts';
import { randomChecks, type RandomName } from '../checks/random-graphs.ts';
import { resultChecks, type ResultName } from '../checks/results.ts';
import { sizeChecks, type SizeName } from '../checks/sizes.ts';
import { specialChecks, specialNames, type SpecialName } from '../checks/special-values.ts';
import { stateChecks, type StateName } from '../checks/states.ts';
import type { Check } from './check.ts';

/** The name of every check: its group, and what it looks at. */
export type CheckName =
  | FunctionCheckName
  | SpecialName
  | ByteName
  | NestName
  | BorderName
  | SizeName
  | LargeName
  | AccuracyName
  | OrderName
  | GradientName
  | StateName
  | ResultName
  | AsynchronousName
  | EmissionName
  | 'programs: certificate'
  | 'programs: memory'
  | NumberName
  | RandomName;

/** What a driver may decide: it is run and recorded where a backend says so, and never judged. */
export type DriverName = SpecialName | ByteDriverName;

/** The whole suite. What allocates much comes last. */
export const checks: Readonly<Record<CheckName, Check>> = {
  ...functionChecks,
  ...specialChecks,
  ...byteChecks,
  ...nestChecks,
  ...borderChecks,
  ...sizeChecks,
  ...largeChecks,
  ...accuracyChecks,
  ...orderChecks,
  ...gradientChecks,
  ...stateChecks,
  ...resultChecks,
  ...asynchronousChecks,
  ...emissionChecks,
  'programs: certificate': certificateCheck,
  'programs: memory': memoryCheck,
  ...numberChecks,
  ...randomChecks,
};

function isCheckName(name: string): name is CheckName {
  return Object.hasOwn(checks, name);
}

/** Every name, in the order in which the suite runs. */
export const checkNames: readonly CheckName[] = Object.keys(checks).filter(isCheckName);

export const driverNames: readonly DriverName[] = [...specialNames, ...byteDriverNames];
