import { certificateProblem } from '../certified.ts';
import { eachCase, type Check } from '../suite/check.ts';
import { borderPrograms } from './borders.ts';
import { caseOf, waysOf, type Described } from './described.ts';
import { gradientPrograms } from './gradients.ts';
import { nestPrograms } from './nests.ts';
import { sizePrograms } from './sizes.ts';
import { statePrograms } from './states.ts';

// Points of a field are drawn for every element, so programs of many elements are left to numbers.
const { 'nests: many elements': _, ...nests } = nestPrograms;
const groups = { ...nests, ...borderPrograms, 'sizes: named': sizePrograms, 'gradients: first order': gradientPrograms, 'states: updates': statePrograms };

/** A program of the suite by the check that runs it and by its own name. */
export interface CertifiedProgram {
  readonly check: string;
  readonly name: string;
  readonly described: Described;
}

/** The programs of the checks of nests, borders, sizes, gradients and states. */
export const certifiedPrograms = (): readonly CertifiedProgram[] =>
  Object.entries(groups).flatMap(([check, programs]) => Object.entries(programs('float32')).map(([name, described]) => ({ check, name, described })));

/** Every stage of compilation, for the machine of a backend, over a field: what is algebraic is proved without a number being rounded. */
export const certificateCheck: Check = {
  promise: 'every stage of the compilation of the programs of nests, borders, sizes, gradients and states computes their graphs',
  runs: 'once',
  run: async ({ backend }) => ({
    problems: [],
    cases: await eachCase(certifiedPrograms(), { mode: 'sync' }, ({ check, name }) => `${check}, ${name}`, async ({ check, name, described }) => {
      // Programs over named sizes are compiled in two ways, one of which makes a program for each binding: one of these is enough.
      const one = described.bindings?.slice(-1) ?? [];
      const ways = waysOf(described, backend).map((specialise) => (specialise ? caseOf({ ...described, bindings: one }, true) : caseOf(described)));
      return ways.flatMap((way) => certificateProblem(way, backend) ?? []).map((problem) => `${check}, ${name}: ${problem}`);
    }),
  }),
};
