import { type Limits, reached } from './limits.ts';
import type { Installed } from './project.ts';

/** What is installed by those alone who ask for it: optional peers of our packages. */
const onRequest: ReadonlySet<string> = new Set(['gpu.js']);

/** One line for each promise that an installation breaks: it is small, and nothing is run or compiled by it. */
export function brokenPromises(what: string, result: Installed, limits: Limits): readonly string[] {
  const steps = result.packages.flatMap(({ name, steps }) => steps.map((step) => `${name} would run "${step}" when it is installed`));
  const unasked = result.packages.filter(({ name }) => onRequest.has(name)).map(({ name }) => `${name} is installed, and nobody asked for it`);
  return [...reached(result, limits), ...steps, ...unasked].map((text) => `${what}: ${text}`);
}
