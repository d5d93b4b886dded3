import type { Tensor } from '@xcorr/graph';
import { nodesOf, type Case } from '../case.ts';
import { resized, sizesOf } from './resize.ts';
import { cutOff, substituted, withoutUnused, withRoots } from './surgery.ts';

/** True for a case that goes wrong in the way that is looked for. */
export type Fails = (test: Case) => Promise<boolean>;

/** One result alone; what a state becomes may be an output as well. */
function* withOneResult(test: Case): Generator<Case> {
  for (const each of test.outputs) yield { ...test, outputs: [each], updates: [] };
  for (const { state, next } of test.updates) yield { ...test, outputs: [{ name: `next ${state.attributes.name}`, tensor: next, storage: next.dtype }], updates: [] };
  for (const each of test.updates) yield { ...test, outputs: [], updates: [each] };
}

/** One result less, one run less, one program for all sizes. */
function* withLess(test: Case): Generator<Case> {
  if (test.outputs.length + test.updates.length > 1) {
    for (const each of test.outputs) yield { ...test, outputs: test.outputs.filter((other) => other !== each) };
    for (const each of test.updates) yield { ...test, updates: test.updates.filter((other) => other !== each) };
  }
  if (test.specialise) yield { ...test, specialise: false };
  if (test.runs.length > 1) for (const each of test.runs.keys()) yield { ...test, runs: test.runs.toSpliced(each, 1) };
}

/** Later nodes first: what is cut off high takes most with it. */
function derived(test: Case): readonly Tensor[] {
  return [...nodesOf(test)].reverse().filter((node) => node.inputs.length > 0);
}

/** An operand of a result in its place. */
function* withEarlierResults(test: Case): Generator<Case> {
  for (const [position, { name, tensor }] of test.outputs.entries())
    for (const operand of new Set<Tensor>(tensor.inputs)) yield { ...test, outputs: test.outputs.with(position, { name, tensor: operand, storage: operand.dtype }) };
}

function* withNodesCutOff(test: Case): Generator<Case> {
  for (const node of derived(test)) {
    const less = cutOff(test, node);
    if (less !== undefined) yield less;
  }
}

/** A node left out: an operand of its shape takes its place. */
function* withNodesLeftOut(test: Case): Generator<Case> {
  for (const node of derived(test)) {
    const operands: readonly Tensor[] = node.inputs;
    const same = operands.find((each) => each.dtype === node.dtype && each.shape.length === node.shape.length && each.shape.every((size, axis) => size === node.shape[axis]));
    if (same !== undefined) yield withRoots(test, substituted(test, new Map([[node, same]])));
  }
}

/** Axes made shorter: to a single element, to half, by one. */
function* withShorterAxes(test: Case): Generator<Case> {
  for (const size of sizesOf(test))
    for (const shorter of new Set([1, Math.ceil(size / 2), size - 1])) {
      const less = resized(test, size, shorter);
      if (less !== undefined) yield less;
    }
}

const steps: readonly ((test: Case) => Generator<Case>)[] = [withOneResult, withLess, withEarlierResults, withNodesCutOff, withNodesLeftOut, withShorterAxes];

/** Nodes above all, then elements, then runs and results. */
function weight(test: Case): number {
  const elements = test.runs.reduce((total, run) => total + Object.values(run).reduce((sum, each) => sum + each.data.length, 0), 0);
  return nodesOf(test).length * 1e6 + elements + test.runs.length + test.outputs.length + 2 * test.updates.length + Number(test.specialise);
}

/**
 * The smallest case that still fails, as far as single steps lead: results and runs are dropped, nodes replaced by
 * inputs that are fed what the nodes held or by their own operands, axes cropped.
 *
 * @param attempts  how many smaller cases are tried at most
 */
export async function shrink(test: Case, fails: Fails, attempts = 400): Promise<Case> {
  let smallest = test;
  let left = attempts;
  for (let again = true; again; ) {
    again = false;
    for (const step of steps)
      for (const drawn of step(smallest)) {
        const candidate = withoutUnused(drawn);
        if (weight(candidate) >= weight(smallest)) continue;
        if (left-- <= 0) return smallest;
        if (await fails(candidate)) {
          smallest = candidate;
          again = true;
          break;
        }
      }
  }
  return smallest;
}
