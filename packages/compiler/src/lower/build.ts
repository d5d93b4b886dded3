import { applyRule, elementCount, keyOf, variablesOf, type Integer, type NodeOf, type Tensor } from '@xcorr/graph';
import type { Condition, Expression, Expressions } from '../expression.ts';
import { decided } from '../laws.ts';
import type { LoopNest, Loop, LoopRole, Statement } from '../nest.ts';
import { gathering } from './cost.ts';
import type { Draft, DraftLoop, Root } from './draft.ts';
import { flatten, indexMaps, type Index, type Reader } from './index-maps.ts';
import type { Names } from './names.ts';
import { domainLoops, extentsOf, indexOver, type Placement } from './place.ts';
import { simplifyIndex, unproved } from './ranges.ts';

/** What building needs beside the placement. */
export interface Building {
  readonly make: Expressions;
  readonly names: Names;
  /** The element of an input, a state or a constant. */
  readonly load: (source: NodeOf<'input' | 'state' | 'constant'>, index: Index) => Expression;
  /** True when a tensor's buffer is read outside its own nest. */
  readonly isStored: (tensor: Tensor, draft: Draft) => boolean;
}

/** What the loops' ranges prove to hold always needs no other value. */
function guarded(make: Expressions, conditions: readonly Condition[], inside: () => Expression, outside: () => Expression): Expression {
  return conditions.length === 0 ? inside() : make.guard(conditions, inside(), outside());
}

/** A body under construction. */
interface Block {
  readonly variable: string | undefined;
  readonly statements: Statement[];
}

/** Builds the nest of a draft: the same rules that decided the places now give the expressions. */
export function buildNest(draft: Draft, placement: Placement, building: Building): LoopNest {
  const { make, names } = building;
  const extents = new Map<string, Integer>();
  const gathered = new Map<Tensor, string>();
  const computed = new Map<string, Expression>();
  const root: Block = { variable: undefined, statements: [] };
  let open: readonly Block[] = [root];

  const top = (): Block => open.at(-1) ?? root;
  const simplify = (index: Integer): Integer => simplifyIndex(index, extents);

  /** Runs `body` inside nested loops that stand at the end of the current block. */
  const inLoops = (loops: readonly DraftLoop[], role: LoopRole, body: () => void): void => {
    const [first, ...rest] = loops;
    if (first === undefined) return body();
    extents.set(first.variable, first.extent);
    const block: Block = { variable: first.variable, statements: [] };
    const around = open;
    open = [...around, block];
    inLoops(rest, role, body);
    open = around;
    const loop: Loop = { kind: 'loop', variable: first.variable, extent: first.extent, role, body: block.statements };
    top().statements.push(loop);
  };

  /** Runs `body` at the end of the innermost block on whose loop the index depends. */
  const atHome = <Result>(index: Index, body: () => Result): Result => {
    const used = new Set(index.flatMap(variablesOf).map((variable) => variable.name));
    const home = open.findLastIndex((block) => block.variable === undefined || used.has(block.variable));
    const around = open;
    open = around.slice(0, home + 1);
    const result = body();
    open = around;
    return result;
  };

  const value = (tensor: Tensor, at: Index, own?: Tensor): Expression => {
    const index = at.map(simplify);
    const accumulator = gathered.get(tensor);
    if (accumulator !== undefined) return make.accumulator(accumulator, simplify(flatten(index, tensor.shape)));
    const buffer = placement.buffers.get(tensor);
    if (buffer !== undefined && tensor !== own) return make.load(buffer, simplify(flatten(index, tensor.shape)));
    const key = `${keyOfTensor(tensor)}:${index.map(keyOf).join(',')}`;
    const known = computed.get(key);
    if (known !== undefined) return known;
    const result = applyRule(indexMaps, tensor, index, reader(tensor, index));
    computed.set(key, result);
    return result;
  };

  const identities = new Map<Tensor, number>();
  const keyOfTensor = (tensor: Tensor): number => {
    const known = identities.get(tensor) ?? identities.size;
    identities.set(tensor, known);
    return known;
  };

  const reader = (tensor: Tensor, index: Index, sweep?: readonly DraftLoop[]): Reader => ({
    make,
    simplify,
    load: building.load,
    read: (operand, at) => value(operand, at),
    guard: (conditions, inside, outside) =>
      conditions.some((condition) => decided(condition) === false) ? outside() : guarded(make, unproved(conditions, extents), inside, outside),
    reduce: (axes, term) => {
      if (sweep !== undefined) return term(indexOver(axes, sweep).index);
      const { loops, index: inner } = domainLoops(axes, names.reduction);
      if (loops.length === 0) return term(inner);
      return atHome(index, () => {
        const name = names.accumulator();
        const { operator, initial } = gathering(tensor);
        top().statements.push({ kind: 'accumulator', name, count: 1, initial });
        inLoops(loops, 'reduce', () => {
          const part = term(inner);
          top().statements.push({ kind: 'accumulate', name, element: 0, operator, value: part });
        });
        return make.accumulator(name, 0);
      });
    },
  });

  const store = ({ tensor, buffer, mode }: Root, loops: readonly DraftLoop[], index: Index): void =>
    inLoops(loops, 'parallel', () => {
      const element = mode === 'compute' ? value(tensor, index, tensor) : value(tensor, index);
      top().statements.push({ kind: 'store', buffer, index: simplify(flatten(index, tensor.shape)), value: element });
    });

  /** The index of a map's loops on the axes of its root. */
  const rootIndex = (each: Draft, { tensor }: Root): Index => indexOver(tensor.shape, each.loops).index;
  const buildMap = (each: Draft): void => {
    for (const [variable, extent] of extentsOf(each.loops)) extents.set(variable, extent);
    for (const target of each.roots) store(target, each.loops, rootIndex(each, target));
  };

  const buildSweep = (): void => {
    const sums = draft.roots.map((each) => {
      const name = names.accumulator();
      const count = elementCount(each.tensor.shape);
      if (typeof count !== 'number') throw new TypeError('a sweep gathers a literal number of results');
      root.statements.push({ kind: 'accumulator', name, count, initial: gathering(each.tensor).initial });
      return { ...each, name, results: domainLoops(each.tensor.shape, names.loop) };
    });
    inLoops(draft.loops, 'reduce', () => {
      for (const { tensor, name, results } of sums)
        inLoops(results.loops, 'parallel', () => {
          const part = applyRule(indexMaps, tensor, results.index, reader(tensor, results.index, draft.loops));
          top().statements.push({ kind: 'accumulate', name, element: flatten(results.index, tensor.shape), operator: gathering(tensor).operator, value: part });
        });
    });
    computed.clear();
    for (const { tensor, name } of sums) gathered.set(tensor, name);
    for (const { tensor, buffer } of sums) {
      if (!building.isStored(tensor, draft)) continue;
      const { loops, index } = domainLoops(tensor.shape, names.loop);
      store({ tensor, buffer, mode: 'copy' }, loops, index);
    }
    for (const epilogue of draft.epilogues) buildMap(epilogue);
  };

  if (draft.kind === 'sweep') buildSweep();
  else buildMap(draft);
  return { name: `nest${draft.id}`, body: root.statements };
}
