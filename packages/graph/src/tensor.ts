import { captureCallSite, type CallSite } from './call-site.ts';
import { digestOf } from './digest.ts';
import type { DType } from './dtype.ts';
import { isPolynomial, keyOf } from './integer.ts';
import type { PrimitiveName, Primitives } from './primitives.ts';
import type { Shape } from './shape.ts';

/** A node of the primitives P; the union over all of them is `Tensor`. */
export type NodeOf<P extends PrimitiveName> = {
  [Q in P]: {
    readonly primitive: Q;
    readonly inputs: Primitives[Q]['inputs'];
    readonly attributes: Primitives[Q]['attributes'];
    readonly shape: Shape;
    readonly dtype: DType;
  };
}[P];

/**
 * A symbolic value: immutable, and one object for one meaning. Two nodes with the same primitive, operands,
 * attributes and dtype are the same object, except `input` and `state`, which are what they are by creation.
 */
export type Tensor = NodeOf<PrimitiveName>;

/** A rule for every primitive: a table that lacks one does not compile. */
export type RuleTable<Arguments extends readonly unknown[], Result> = {
  readonly [P in PrimitiveName]: (node: NodeOf<P>, ...rest: Arguments) => Result;
};

/**
 * The result of the table's rule for the primitive of a node.
 *
 * @example
 * const arity = tabulate(['add'], () => (node) => node.inputs.length);
 * applyRule(arity, add(input('x', []), 1)); // => 2
 */
export function applyRule<P extends PrimitiveName, Arguments extends readonly unknown[], Result>(
  table: { readonly [Q in P]: (node: NodeOf<Q>, ...rest: Arguments) => Result },
  node: NodeOf<P>,
  ...rest: Arguments
): Result {
  const rule: (node: NodeOf<P>, ...rest: Arguments) => Result = table[node.primitive];
  return rule(node, ...rest);
}

interface NodeRecord {
  readonly id: number;
  readonly site: CallSite;
  label: string | undefined;
}

/** What belongs to a node but is no part of its identity. */
const records = new WeakMap<object, NodeRecord>();
/** Canonical nodes by key, held weakly: a dropped graph leaves nothing behind. */
const canonical = new Map<string, WeakRef<Tensor>>();
const dropped = new FinalizationRegistry<string>((key) => {
  if (canonical.get(key)?.deref() === undefined) canonical.delete(key);
});
let created = 0;

/** True for tensors made by this copy of the package. @example isTensor(input('x', [2])); // => true */
export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && records.has(value);
}

/**
 * A number that orders nodes by creation: operands always come before what uses them.
 *
 * @example
 * const x = input('x', [2]);
 * idOf(x) < idOf(mul(x, 2)); // => true
 */
export function idOf(tensor: Tensor): number {
  return records.get(tensor)?.id ?? -1;
}

export function callSiteOf(tensor: Tensor): CallSite | undefined {
  return records.get(tensor)?.site;
}

/**
 * Names a tensor for error messages and printed graphs; no part of its identity.
 *
 * @example
 * const x = input('x', [2]);
 * labelOf(label(mul(x, 2), 'doubled')); // => 'doubled'
 */
export function label<T extends Tensor>(tensor: T, text: string): T {
  const record = records.get(tensor);
  if (record !== undefined) record.label = text;
  return tensor;
}

/**
 * The name of an input or state, the label of another tensor, or undefined.
 *
 * @example
 * labelOf(input('photo', [2])); // => 'photo'
 */
export function labelOf(tensor: Tensor): string | undefined {
  if (tensor.primitive === 'input' || tensor.primitive === 'state') return tensor.attributes.name;
  return records.get(tensor)?.label;
}

function attributeKey(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Float64Array) return dataKey(value);
  if (Array.isArray(value)) return `[${value.map(attributeKey).join(',')}]`;
  if (isPolynomial(value)) return `<${value.key}>`;
  if (typeof value === 'object' && value !== null) return `{${Object.values(value).map(attributeKey).join(';')}}`;
  return String(value);
}

/** The bits of small data themselves; the digest of large data, which `sameBits` checks. */
function dataKey(data: Float64Array): string {
  return data.length <= 16 ? new Uint32Array(data.buffer, data.byteOffset, data.length * 2).join('.') : `${data.length}#${digestOf(data)}`;
}

function sameBits(a: Tensor, b: Tensor): boolean {
  if (a.primitive !== 'constant' || b.primitive !== 'constant') return true;
  const x = a.attributes.data;
  const y = b.attributes.data;
  return x.every((value, position) => Object.is(value, y[position]));
}

function register(node: Tensor): Tensor {
  records.set(node, { id: created++, site: captureCallSite(intern), label: undefined });
  return Object.freeze(node);
}

/** The one node of this meaning. */
export function intern(node: Tensor): Tensor {
  if (node.primitive === 'input' || node.primitive === 'state') return register(node);
  const shape = node.shape.map(keyOf).join(',');
  const operands = node.inputs.map(idOf).join(',');
  const key = `${node.primitive}(${operands})${attributeKey(node.attributes)}:${node.dtype}[${shape}]`;
  const known = canonical.get(key)?.deref();
  if (known !== undefined && sameBits(known, node)) return known;
  const fresh = register(node);
  canonical.set(key, new WeakRef(fresh));
  dropped.register(fresh, key);
  return fresh;
}
