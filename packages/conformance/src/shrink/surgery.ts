import { input, NdArray, rebuild, type NodeOf, type Tensor } from '@xcorr/graph';
import { interpretationOf, nodesOf, type Case, type FeedValues } from '../case.ts';

/** A case whose results are made of other tensors; what is no longer used is left out. */
export function withRoots(test: Case, by: (tensor: Tensor) => Tensor, inputs: readonly NodeOf<'input'>[] = test.inputs): Case {
  const outputs = test.outputs.map((each) => ({ ...each, tensor: by(each.tensor) }));
  const updates = test.updates.map((each) => ({ ...each, next: by(each.next) }));
  return { ...test, outputs, updates, inputs };
}

/** A case without inputs and states that nothing reads. Inputs that bind a size which is used stay with their names. */
export function withoutUnused(test: Case): Case {
  const used = new Set(nodesOf(test));
  const inputs = test.inputs.filter((each) => used.has(each));
  const states = test.states.filter((each) => used.has(each) || test.updates.some(({ state }) => state === each));
  const names = new Set(inputs.map((each) => each.attributes.name));
  return { ...test, inputs, states, runs: test.runs.map((run) => Object.fromEntries(Object.entries(run).filter(([name]) => names.has(name)))) };
}

/** The graph with some tensors replaced by others of their shapes. */
export function substituted(test: Case, replacements: ReadonlyMap<Tensor, Tensor>): (tensor: Tensor) => Tensor {
  const done = new Map<Tensor, Tensor>();
  const result = (tensor: Tensor): Tensor => done.get(tensor) ?? tensor;
  for (const node of nodesOf(test)) done.set(node, replacements.get(node) ?? rebuild(node, result));
  return result;
}

function array(values: { readonly shape: readonly number[]; readonly data: Float64Array }, { dtype }: Tensor): NdArray {
  return new NdArray(values.shape, dtype === 'float32' ? Float32Array.from(values.data) : values.data.slice());
}

/** The values of a tensor in every run, with the states as the interpreter has them then. */
function valuesOver(test: Case, tensor: Tensor): readonly NdArray[] {
  let states: FeedValues = {};
  return test.runs.map((feeds) => {
    const valuesOf = interpretationOf(test, feeds, states);
    const value = array(valuesOf(tensor).values, tensor);
    states = { ...states, ...Object.fromEntries(test.updates.map(({ state, next }) => [state.attributes.name, array(valuesOf(next).values, next)])) };
    return value;
  });
}

/** A name that no input of the case has. */
function freshName(test: Case): string {
  const taken = new Set([...test.inputs, ...test.states].map((each) => each.attributes.name));
  let number = 0;
  while (taken.has(`v${number}`)) number++;
  return `v${number}`;
}

/** The case with a node cut off: an input takes its place and is fed the values that it had. */
export function cutOff(test: Case, node: Tensor): Case | undefined {
  const fresh = input(freshName(test), node.shape, { dtype: node.dtype });
  if (fresh.primitive !== 'input') return undefined;
  const values = valuesOver(test, node);
  const { name } = fresh.attributes;
  const runs = test.runs.map((run, position): FeedValues => {
    const value = values[position];
    return value === undefined ? run : { ...run, [name]: value };
  });
  return { ...withRoots(test, substituted(test, new Map([[node, fresh]])), [...test.inputs, fresh]), runs };
}
