import type { NamedOutputs } from '@xcorr/compiler';
import { evaluateInteger, topologicalOrder, type DType, type NodeOf, type Tensor } from '@xcorr/graph';
import type { Case, Output, SetName } from '../case.ts';
import { drawFeed } from '../generate/values.ts';
import { isCrash, runCase } from '../judge/run-case.ts';
import type { AnyBackend } from '../judge/runner.ts';
import { severally } from '../judge/several.ts';
import { createRandom } from '../random.ts';
import type { Check, Finding, Subject } from '../suite/check.ts';

/** A program by what it gives: its inputs, and values for them, are found. */
export interface Described {
  readonly outputs: NamedOutputs;
  readonly updates?: readonly (readonly [state: Tensor, next: Tensor])[];
  /** Numbers for the named sizes, a run each. */
  readonly bindings?: readonly Readonly<Record<string, number>>[];
  /** Default: `exact`, whole numbers and halves, which every result must meet. */
  readonly set?: SetName;
  /** How often it runs where nothing else says so. Default: 2, and the first values once more. */
  readonly runs?: number;
}

const isInput = (tensor: Tensor): tensor is NodeOf<'input'> => tensor.primitive === 'input';
const isState = (tensor: Tensor): tensor is NodeOf<'state'> => tensor.primitive === 'state';

/** The case that a description means: its values are drawn, always the same. */
export function caseOf({ outputs, updates = [], bindings = [], set = 'exact', runs = 2 }: Described, specialise = false): Case {
  const stored = Object.entries(outputs).map(([name, output]): Output => ('primitive' in output ? { name, tensor: output, storage: output.dtype } : { name, ...output }));
  const nodes = topologicalOrder([...stored.map(({ tensor }) => tensor), ...updates.flat()]);
  const inputs = nodes.filter(isInput);
  const fed = (sizes: ReadonlyMap<string, number>, seed: number): Case['runs'][number] => {
    const random = createRandom(20_261_123, seed);
    return Object.fromEntries(inputs.map(({ attributes: { name, storage }, shape, dtype }) => [name, drawFeed(random, set, dtype, storage, shape.map((size) => evaluateInteger(size, sizes)))]));
  };
  const drawn = bindings.length > 0 ? bindings.map((sizes, position) => fed(new Map(Object.entries(sizes)), position)) : Array.from({ length: runs }, (_, position) => fed(new Map(), position));
  return {
    inputs,
    states: nodes.filter(isState),
    outputs: stored,
    updates: updates.flatMap(([state, next]) => (isState(state) ? [{ state, next }] : [])),
    // The first values once more: the same bits are asked for.
    runs: [...drawn, ...drawn.slice(0, 1)],
    specialise,
  };
}

/** Programs by their names, in a dtype. */
export type Programs = (dtype: DType) => Readonly<Record<string, Described>>;

/** The ways in which a program is compiled: for any size and for given ones, where there are two. A machine of literal sizes has one. */
export const waysOf = ({ bindings }: Pick<Described, 'bindings'>, { machine }: Pick<AnyBackend, 'machine'>): readonly boolean[] => (bindings === undefined || machine.literalSizes ? [false] : [false, true]);

/** Runs programs and judges every result by the interpreter; those of named sizes in both ways in which they are compiled. Each is a case. */
export async function judgedPrograms(programs: Programs, { backend, dtype, errorConstant }: Subject): Promise<Finding> {
  const judged = await severally(Object.entries(programs(dtype)), backend, async ([name, described]) => {
    const problems: string[] = [];
    const crashes: string[] = [];
    for (const specialise of waysOf(described, backend)) {
      const { problem, refusal, judged, unjudged } = await runCase(caseOf(described, specialise), backend, { errorConstant });
      const place = specialise ? `${name}, a program for each size` : name;
      if (problem !== undefined) problems.push(`${place}: ${problem.text}`);
      if (problem !== undefined && isCrash(problem)) crashes.push(`${place}: ${problem.text}`);
      if (refusal !== undefined) problems.push(`${place}: refused: ${refusal}`);
      // Of real numbers some lie too near to a jump.
      const allowed = described.set === 'real' ? judged / 10 : 0;
      if (problem === undefined && unjudged > allowed) problems.push(`${place}: ${unjudged} of ${judged + unjudged} elements could not be judged`);
    }
    return { name, problems, crashes };
  });
  return { problems: [], cases: Object.fromEntries(judged.map(({ name, problems }) => [name, problems])), crashes: judged.flatMap(({ crashes }) => crashes) };
}

export const programsCheck = (promise: string, programs: Programs): Check => ({ promise, runs: 'for each dtype', run: (subject) => judgedPrograms(programs, subject) });
