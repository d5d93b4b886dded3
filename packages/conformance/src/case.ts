import { boundedInterpreter, print, topologicalOrder, type NdArray, type NodeOf, type Storage, type Tensor } from '@xcorr/graph';

/**
 * `exact`: small whole numbers and halves, for which float32 is exact, whatever the order of operations: a result must
 * be equal to the interpreter's. `real`: any values and all primitives; a result must lie within its error bound.
 */
export type SetName = 'exact' | 'real';

export interface Output {
  readonly name: string;
  readonly tensor: Tensor;
  readonly storage: Storage;
}

/** A program and what it is fed, run after run. */
export interface Case {
  readonly inputs: readonly NodeOf<'input'>[];
  readonly states: readonly NodeOf<'state'>[];
  readonly outputs: readonly Output[];
  readonly updates: readonly { readonly state: NodeOf<'state'>; readonly next: Tensor }[];
  /** The values of the inputs by their names, for each run. */
  readonly runs: readonly FeedValues[];
  /** True when each binding of named sizes is to have a program of its own. */
  readonly specialise: boolean;
}

export type FeedValues = Readonly<Record<string, NdArray>>;

/** The interpreter over fixed feeds: the values of a tensor, and how far a backend's may lie from them. */
export type Interpretation = ReturnType<typeof boundedInterpreter>;

/** A case over some feeds, with its states as they are given, or else as they are at first. */
export function interpretationOf({ inputs, states }: Pick<Case, 'inputs' | 'states'>, feeds: FeedValues, stateValues: FeedValues = {}): Interpretation {
  return boundedInterpreter([...inputs, ...states], { ...feeds, ...stateValues });
}

/** Everything that a case's program computes. */
export function rootsOf({ outputs, updates }: Pick<Case, 'outputs' | 'updates'>): readonly Tensor[] {
  return [...outputs.map((each) => each.tensor), ...updates.map((each) => each.next)];
}

export function nodesOf(each: Case): readonly Tensor[] {
  return topologicalOrder(rootsOf(each));
}

/** The graph as text, and the values that it is fed. */
export function printCase(each: Case): string {
  const named = [...each.outputs.map(({ name, tensor }) => [name, tensor] as const), ...each.updates.map(({ state, next }) => [`next ${state.attributes.name}`, next] as const)];
  const used = new Set(nodesOf(each));
  const feeds = each.runs.map((run, position) => {
    const values = each.inputs.filter((node) => used.has(node)).map(({ attributes: { name } }) => `${JSON.stringify(name)}: ${JSON.stringify(run[name]?.toNested())}`);
    return `run ${position + 1} { ${values.join(', ')} }\n`;
  });
  const stored = each.outputs.filter(({ storage }) => storage === 'uint8').map(({ name }) => `${JSON.stringify(name)} is stored as uint8\n`);
  return `${print(Object.fromEntries(named))}${stored.join('')}${each.specialise ? 'a program for each size\n' : ''}${feeds.join('')}`;
}
