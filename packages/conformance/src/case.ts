import type { ProgramSpec } from '@xcorr/compiler';
import { topologicalOrder, type NdArray, type NodeOf, type Storage, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import { boundedInterpreter } from './bounds/interpret-with-bounds.ts';

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

/** How results are judged. */
export interface Judging {
  /** c: how many units each operation may err by. Default: 16. */
  readonly errorConstant?: number;
}

/** A case over some feeds, with its states as they are given, or else as they are at first. */
export function interpretationOf({ inputs, states }: Pick<Case, 'inputs' | 'states'>, feeds: FeedValues, stateValues: FeedValues = {}, judging: Judging = {}): Interpretation {
  return boundedInterpreter([...inputs, ...states], { ...feeds, ...stateValues }, judging);
}

/** A case as the compiler takes it. */
export function specOf({ inputs, states, outputs, updates }: Case): ProgramSpec {
  const byName = <Node extends NodeOf<'input' | 'state'>>(nodes: readonly Node[]): Readonly<Record<string, Node>> => Object.fromEntries(nodes.map((node) => [node.attributes.name, node]));
  return {
    inputs: byName(inputs),
    state: byName(states),
    outputs: Object.fromEntries(outputs.map(({ name, ...stored }) => [name, stored])),
    updates: updates.map(({ state, next }) => [state, next] as const),
  };
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
