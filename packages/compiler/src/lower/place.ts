import { applyRule, elementCount, keyOf, loopVariable, topologicalOrder, variablesOf, type Integer, type Shape, type Storage, type Tensor } from '@xcorr/graph';
import { createExpressions } from '../expression.ts';
import { borderCost, borderReadings, isBorder, isMovement, isReduction, isSource, isSweep, memoryCost, reductionExtents, type Reduction, type Work, workOf } from './cost.ts';
import { trips, type Draft, type DraftLoop, type Root, type Site } from './draft.ts';
import { indexMaps, type Index, type Reader } from './index-maps.ts';
import type { Names } from './names.ts';
import { nominal, simplifyIndex, unproved } from './ranges.ts';

/** Where every tensor is computed: in a buffer of its own, or at the one or more places that read it. */
export interface Placement {
  readonly drafts: readonly Draft[];
  /** The buffer of each tensor that has one. */
  readonly buffers: ReadonlyMap<Tensor, string>;
  /** The sites of each tensor. */
  readonly sites: ReadonlyMap<Tensor, readonly Site[]>;
  /** Tensors that are gathered by a sweep. */
  readonly swept: ReadonlyMap<Tensor, Draft>;
  /** Tensors that depend on a state: they may be others at each time of a call. */
  readonly varying: ReadonlySet<Tensor>;
}

/** A loop for each axis that has more than one element; the index on the others is 0. */
export function domainLoops(shape: Shape, name: () => string): { readonly loops: readonly DraftLoop[]; readonly index: Index } {
  const loops: DraftLoop[] = [];
  const index = shape.map((extent): Integer => {
    if (extent === 1) return 0;
    const variable = name();
    loops.push({ variable, extent });
    return loopVariable(variable);
  });
  return { loops, index };
}

export function extentsOf(loops: readonly DraftLoop[]): ReadonlyMap<string, Integer> {
  return new Map(loops.map((loop) => [loop.variable, loop.extent]));
}

/**
 * The tensor whose elements these are. What a maximum is taken of must be one value for all its readers: the maximum is
 * rounded when it is stored, and an element that is computed anew, unrounded, would not be equal to it.
 */
function behindMovements(tensor: Tensor): Tensor {
  let behind = tensor;
  while (isMovement(behind)) {
    const [operand]: readonly Tensor[] = behind.inputs;
    if (operand === undefined) break;
    behind = operand;
  }
  return behind;
}

/**
 * Sums that no state changes, and what is made of them, where something reads them that states do change: computed there,
 * they would be taken anew at each time of a call.
 */
function invariantSums(order: readonly Tensor[], varying: ReadonlySet<Tensor>): ReadonlySet<Tensor> {
  const [summed, handedOver] = [new Set<Tensor>(), new Set<Tensor>()];
  for (const node of order) {
    if (varying.has(node)) for (const each of node.inputs) if (summed.has(each)) handedOver.add(behindMovements(each));
    if (!varying.has(node) && (isReduction(node) || node.inputs.some((each) => summed.has(each)))) summed.add(node);
  }
  return handedOver;
}

/** Tensors that depend on a state, operands first. */
function varyingIn(order: readonly Tensor[]): ReadonlySet<Tensor> {
  const varying = new Set<Tensor>();
  for (const node of order) if (node.primitive === 'state' || node.inputs.some((each) => varying.has(each))) varying.add(node);
  return varying;
}

/** An expression is at most about so deep: what is deeper is computed into a buffer, since engines have limits of their own. */
const deepest = 200;

/** So many borders are read through one another: each is asked for on every way through those before it, three times as much a border. */
const deepestBorders = 2;

/** An index is at most about so long, as text: a view through a view through a view may double it each time. */
const longestIndex = 800;

/** A sum of at most so many terms is taken inside another one by one thread. */
const nestedSum = 64;

/** A root that waits for its place: its buffer is known, its nest is not. */
export interface PlannedRoot {
  readonly tensor: Tensor;
  readonly buffer: string;
  readonly storage: Storage;
}

/**
 * Decides for every tensor, users before operands, whether it gets a buffer and a nest of its own or is computed
 * where it is read. When a tensor's turn comes, all places that read it are known:
 *
 *   a movement, or what is read once an element, is computed where it is read;
 *   a reduction is, if it is read at one place, exactly once an element;
 *   what is read more often gets a buffer when computing it anew costs more than memory does;
 *   few sums over much data share the sweep of others over the same extents, unless one needs the other.
 *
 * Where each element has a thread of its own, nothing is shared between elements: there are no sweeps, and what is
 * computed where it is read is computed by every thread.
 */
export function place(planned: readonly PlannedRoot[], names: Names, isThreaded = false): Placement {
  const drafts: Draft[] = [];
  const buffers = new Map<Tensor, string>();
  const sites = new Map<Tensor, Map<string, Site>>();
  const swept = new Map<Tensor, Draft>();
  const make = createExpressions();
  const zero = make.constant(0);

  const addDraft = (kind: Draft['kind'], loops: readonly DraftLoop[], roots: Root[]): Draft => {
    const draft: Draft = { id: drafts.length, kind, loops, roots, epilogues: [] };
    drafts.push(draft);
    return draft;
  };

  /** How many tensors are computed in one expression above each. */
  const depths = new Map<Tensor, number>();
  /** Movements that are read at an index that is too long to be handed on. */
  const farViews = new Set<Tensor>();
  /** How many of these are borders. */
  const borders = new Map<Tensor, number>();
  const addSite = (tensor: Tensor, draft: Draft, index: Index, around: readonly DraftLoop[], guarded: boolean): void => {
    const key = `${draft.id}:${index.map(keyOf).join(',')}`;
    if (key.length > longestIndex && isMovement(tensor)) farViews.add(tensor);
    const known = sites.get(tensor) ?? new Map<string, Site>();
    sites.set(tensor, known);
    const site = known.get(key);
    if (site !== undefined) {
      site.guarded &&= guarded;
      site.isInSum ||= around.length > draft.loops.length;
      site.readers++;
      return;
    }
    const used = new Set(index.flatMap(variablesOf).map((variable) => variable.name));
    const own = around.findLastIndex((loop) => used.has(loop.variable));
    const home = isThreaded ? Math.max(own, draft.loops.length - 1) : own;
    known.set(key, { draft, index, loops: around.slice(0, home + 1), isInSum: around.length > draft.loops.length, guarded, readers: 1 });
  };

  /** Reads the operands of a tensor as its rule does, and notes where. A sweep brings the loops it reduces over. */
  const expand = (tensor: Tensor, draft: Draft, index: Index, around: readonly DraftLoop[], guarded: boolean, sweep?: readonly DraftLoop[]): void => {
    let loops = around;
    let open = guarded;
    const reader: Reader = {
      make,
      load: () => zero,
      simplify: (value) => simplifyIndex(value, extentsOf(loops)),
      read: (operand, at) => {
        addSite(operand, draft, at.map((each) => simplifyIndex(each, extentsOf(loops))), loops, open);
        depths.set(operand, Math.max(depths.get(operand) ?? 0, (depths.get(tensor) ?? 0) + 1));
        borders.set(operand, Math.max(borders.get(operand) ?? 0, (borders.get(tensor) ?? 0) + Number(isBorder(tensor))));
        return zero;
      },
      guard: (conditions, inside, outside) => {
        const before = open;
        open ||= unproved(conditions, extentsOf(loops)).length > 0;
        inside();
        if (open) outside();
        open = before;
        return zero;
      },
      reduce: (extents, term) => {
        const outer = loops;
        const inner = sweep === undefined ? domainLoops(extents, names.reduction) : indexOver(extents, sweep);
        loops = sweep === undefined ? [...outer, ...inner.loops] : outer;
        term(inner.index);
        loops = outer;
        return zero;
      },
    };
    applyRule(indexMaps, tensor, index, reader);
  };

  /** What each sweep needs, and with each sum that it needs all others of that sum's sweep: they are taken together. */
  const needs = new Map<Draft, Set<Tensor>>();
  const need = (found: Set<Tensor>, tensors: readonly Tensor[]): void => {
    const pending = [...tensors];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(...next.inputs, ...(swept.get(next)?.roots ?? []).map((root) => root.tensor));
    }
  };

  /** The sweep over these extents that a reduction may join: neither it nor what it waits for may need that reduction. */
  const findSweep = (tensor: Reduction): Draft | undefined => {
    const wanted = reductionExtents(tensor).map(keyOf).join(',');
    return drafts.find(
      (draft) =>
        draft.kind === 'sweep' &&
        draft.loops.map((loop) => keyOf(loop.extent)).join(',') === wanted &&
        needs.get(draft)?.has(tensor) !== true,
    );
  };

  /** Takes a sum in a sweep: whatever needs another sum of it then needs this one. */
  const join = (draft: Draft, tensor: Tensor, buffer: string): void => {
    draft.roots.push({ tensor, buffer, mode: 'compute' });
    swept.set(tensor, draft);
    if (!needs.has(draft)) needs.set(draft, new Set());
    const roots = draft.roots.map((root) => root.tensor);
    for (const [other, found] of needs) if (other === draft || roots.some((root) => found.has(root))) need(found, roots);
  };

  const materialise = (tensor: Tensor, buffer: string): void => {
    buffers.set(tensor, buffer);
    depths.set(tensor, 0);
    borders.set(tensor, 0);
    if (isReduction(tensor) && !isThreaded && isSweep(tensor)) {
      const draft = findSweep(tensor) ?? addDraft('sweep', reductionExtents(tensor).map((extent) => ({ variable: names.loop(), extent })), []);
      join(draft, tensor, buffer);
      const results = domainLoops(tensor.shape, names.loop);
      expand(tensor, draft, results.index, [...draft.loops, ...results.loops], false, draft.loops);
      return;
    }
    const { loops, index } = domainLoops(tensor.shape, names.loop);
    expand(tensor, addDraft('map', loops, [{ tensor, buffer, mode: 'compute' }]), index, loops, false);
  };

  for (const { tensor, buffer, storage } of planned) {
    // What is stored as bytes has lost digits: no other may read it.
    if (!isSource(tensor) && !buffers.has(tensor) && storage === tensor.dtype) {
      buffers.set(tensor, buffer);
      continue;
    }
    const { loops, index } = domainLoops(tensor.shape, names.loop);
    const draft = addDraft('map', loops, [{ tensor, buffer, mode: 'copy' }]);
    addSite(tensor, draft, index, loops, false);
  }
  const order = topologicalOrder(planned.map((root) => root.tensor));
  const varying = varyingIn(order);
  const handedOver = invariantSums(order, varying);
  const compared = new Set(order.flatMap((node) => (node.primitive === 'reduceMax' ? [behindMovements(node.inputs[0])] : [])));
  for (const tensor of [...order].reverse()) {
    if (isSource(tensor)) continue;
    const own = buffers.get(tensor);
    const places = [...(sites.get(tensor)?.values() ?? [])];
    if (own !== undefined) materialise(tensor, own);
    else if (handedOver.has(tensor) || (compared.has(tensor) && places.length > 1) || (depths.get(tensor) ?? 0) > deepest || (isBorder(tensor) && (borders.get(tensor) ?? 0) >= deepestBorders) || farViews.has(tensor)) materialise(tensor, names.buffer());
    else if (isComputedWhereRead(tensor, places, workOf(tensor), (reduction) => (sites.get(reduction)?.size ?? 0) > 0, isThreaded))
      for (const site of places) expand(tensor, site.draft, site.index, site.loops, site.guarded);
    else materialise(tensor, names.buffer());
  }
  return { drafts, buffers, swept, varying, sites: new Map([...sites].map(([tensor, known]) => [tensor, [...known.values()]])) };
}

/** The index of a sweep's loops on the axes that it reduces. */
export function indexOver(extents: readonly Integer[], sweep: readonly DraftLoop[]): { readonly loops: readonly DraftLoop[]; readonly index: Index } {
  let next = 0;
  const index = extents.map((extent): Integer => (extent === 1 ? 0 : loopVariable(sweep[next++]?.variable ?? '')));
  return { loops: [], index };
}

function isComputedWhereRead(tensor: Tensor, places: readonly Site[], work: Work, isReadElsewhere: (reduction: Tensor) => boolean, isThreaded: boolean): boolean {
  const count = nominal(elementCount(tensor.shape));
  const total = places.reduce((sum, site) => sum + trips(site), 0);
  if (isReduction(tensor)) {
    const [only, another] = places;
    if (only === undefined || another !== undefined || only.guarded || total > count) return false;
    // A thread's loops do not nest without bound: of long sums of long sums the inner ones get a buffer.
    return isThreaded ? !only.isInSum || nominal(elementCount(reductionExtents(tensor))) <= nestedSum : !isSweep(tensor);
  }
  if (isMovement(tensor)) return true;
  // Under a condition nothing is shared between readers: what has two of them is computed twice.
  if (places.some((site) => site.guarded && site.readers > 1) && work.operations > 1) return false;
  if (total <= count) return true;
  if (isBorder(tensor)) return borderCost(tensor, borderReadings(places) / count) <= memoryCost;
  // A reduction that others read has a buffer already. Another would get one in place of this tensor: nothing is saved.
  if (!work.reductions.every(isReadElsewhere)) return false;
  return work.operations * (total - count) <= memoryCost * count;
}
