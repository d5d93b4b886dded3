import { CompileError, describeValue, givenList, isTensor, printShape, topologicalOrder, type NodeOf, type Storage, type Tensor } from '@xcorr/graph';
import type { Graph } from './lower/lower.ts';

/** Tensors by the names under which a program's caller knows them. */
export type Named = Readonly<Record<string, Tensor>>;

/** An output that is stored in another type than it is computed in: `uint8` rounds half to even and saturates. */
export interface StoredTensor {
  readonly tensor: Tensor;
  readonly storage: Storage;
}

/** Outputs by name, each stored in its dtype unless it says otherwise. */
export type NamedOutputs = Readonly<Record<string, Tensor | StoredTensor>>;

/** What a program is made of. */
export interface ProgramSpec<Inputs extends Named = Named, States extends Named = Named, Outputs extends NamedOutputs = NamedOutputs> {
  /** The inputs, by the names under which they are fed. */
  readonly inputs?: Inputs;
  /** The states that the caller wants to look at; all others that occur live in the program too. */
  readonly state?: States;
  /** What a run returns. */
  readonly outputs: Outputs;
  /** What states become after a run: all outputs and updates see the states as they were before it. */
  readonly updates?: readonly (readonly [state: Tensor, next: Tensor])[];
}

function fail(text: string): never {
  throw new CompileError(`compile: ${text}`);
}

function checkTensor(value: unknown, role: string): asserts value is Tensor {
  if (!isTensor(value)) fail(`${role} is not a tensor of this copy of @xcorr/graph`);
}

/** What is given by name. */
function checkNamed(value: unknown, role: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isTensor(value))
    fail(`${role} is ${describeValue(value)}; give tensors by name: compile({ inputs: { x }, outputs: { y } }, js())`);
}

function isStored(output: unknown): output is StoredTensor {
  return typeof output === 'object' && output !== null && 'tensor' in output;
}

/** The tensors that a record names, each of one primitive. */
function sources<Source extends Tensor>(named: Named, primitive: 'input' | 'state', guard: (tensor: Tensor) => tensor is Source): readonly (readonly [string, Source])[] {
  checkNamed(named, primitive === 'input' ? 'inputs' : primitive);
  return Object.entries(named).map(([name, tensor]) => {
    checkTensor(tensor, `${primitive} ${JSON.stringify(name)}`);
    if (!guard(tensor)) fail(`${JSON.stringify(name)} is listed as ${primitive} and was made by ${tensor.primitive}; make it with ${primitive}(…)`);
    return [name, tensor] as const;
  });
}

/** @throws CompileError when what is given as a backend is none. */
export function checkBackend(backend: unknown, operation: 'compile' | 'jit'): void {
  if (typeof backend === 'object' && backend !== null && 'machine' in backend) return;
  throw new CompileError(`${operation}: the backend is ${describeValue(backend)}; give one, and call it where it is a function: ${operation}(…, js())`);
}

const isInput = (tensor: Tensor): tensor is NodeOf<'input'> => tensor.primitive === 'input';
const isState = (tensor: Tensor): tensor is NodeOf<'state'> => tensor.primitive === 'state';

/** A spec as the compiler takes it, with the names under which the caller knows inputs and states. */
export interface CheckedSpec {
  readonly graph: Graph;
  readonly inputNames: readonly string[];
  /** The names of states listed by the caller, with their position among all states. */
  readonly stateNames: ReadonlyMap<string, number>;
}

/**
 * Reads a spec.
 *
 * @throws CompileError when an input is used but not listed, two sources have one name, an update does not fit its state.
 */
export function checkSpec(spec: ProgramSpec): CheckedSpec {
  checkNamed(spec, 'the spec');
  checkNamed(spec.outputs ?? {}, 'outputs');
  const inputs = sources(spec.inputs ?? {}, 'input', isInput);
  const listed = sources(spec.state ?? {}, 'state', isState);
  const outputs = Object.entries(spec.outputs ?? {}).map(([name, output]) => {
    const tensor = isStored(output) ? output.tensor : output;
    checkTensor(tensor, `output ${JSON.stringify(name)}`);
    const storage = isStored(output) ? output.storage : tensor.dtype;
    if (storage !== 'uint8' && storage !== tensor.dtype) fail(`the output ${JSON.stringify(name)} is ${tensor.dtype} and cannot be stored as ${storage}; cast it, or store it as uint8`);
    return { name, tensor, storage };
  });
  const updates = givenList(spec.updates ?? [], 'compile: updates', 'give pairs of a state and its next value: [[K, next]]').map((pair) => {
    const [state, next] = givenList(pair, 'compile: an update', 'give pairs of a state and its next value: [[K, next]]');
    checkTensor(state, 'the state of an update');
    checkTensor(next, 'the next value of an update');
    if (!isState(state)) fail(`an update of ${state.primitive}; only what was made with state(…) can be updated`);
    const { name } = state.attributes;
    if (printShape(next.shape) !== printShape(state.shape))
      fail(`the update of ${JSON.stringify(name)} has the shape ${printShape(next.shape)}, the state has ${printShape(state.shape)}\n  the next value must have the state's shape`);
    if (next.dtype !== state.dtype) fail(`the update of ${JSON.stringify(name)} is ${next.dtype}, the state is ${state.dtype}`);
    return { state, next };
  });
  const twice = updates.find(({ state }, position) => updates.findIndex((other) => other.state === state) !== position);
  if (twice !== undefined) fail(`the state ${JSON.stringify(twice.state.attributes.name)} is updated twice; add the changes in one update`);
  if (outputs.length === 0 && updates.length === 0) fail('neither outputs nor updates; name at least one result');

  const order = topologicalOrder([...outputs.map((each) => each.tensor), ...updates.map((each) => each.next)]);
  const missing = order.filter(isInput).find((tensor) => !inputs.some(([, each]) => each === tensor));
  if (missing !== undefined)
    fail(`the input ${JSON.stringify(missing.attributes.name)} is used and not listed\n  add it: compile({ inputs: { ${missing.attributes.name} }, … })`);
  const states = [...new Set([...listed.map(([, tensor]) => tensor), ...updates.map((each) => each.state), ...order.filter(isState)])];
  const repeated = inputs.find(([, tensor], position) => inputs.findIndex(([, other]) => other === tensor) !== position);
  if (repeated !== undefined) fail(`one input is listed twice, the second time as ${JSON.stringify(repeated[0])}`);
  const names = [...inputs.map(([, tensor]) => tensor), ...states].map((tensor) => tensor.attributes.name);
  const double = names.find((name, position) => names.indexOf(name) !== position);
  if (double !== undefined) fail(`two inputs or states are named ${JSON.stringify(double)}; give each a name of its own`);
  return {
    graph: { inputs: inputs.map(([, tensor]) => tensor), states, outputs, updates },
    inputNames: inputs.map(([name]) => name),
    stateNames: new Map(listed.map(([name, tensor]) => [name, states.indexOf(tensor)])),
  };
}

