import { operandsOf, type Expression, type LoopNest, type Program, type Statement } from '@xcorr/compiler';
import { keyOf } from '@xcorr/graph';

/** What a buffer holds at each place: a value over the element of another buffer at the same place. */
export interface ElementMap {
  readonly value: Expression;
  /** The buffer whose element it is made of; undefined when it is a constant. */
  readonly source: string | undefined;
  /** How often that element is used. */
  readonly uses: number;
}

/** What costs less than reading an element. */
const cheap: ReadonlySet<string> = new Set(['neg', 'abs', 'add', 'sub', 'mul', 'less', 'lessEqual', 'equal']);
const mostOperations = 3;

/** The only store of a nest that does nothing else. */
function onlyStore(body: readonly Statement[]): (Statement & { readonly kind: 'store' }) | undefined {
  const [statement, another] = body;
  if (statement === undefined || another !== undefined) return undefined;
  if (statement.kind === 'loop') return onlyStore(statement.body);
  return statement.kind === 'store' ? statement : undefined;
}

function elementMap({ body }: LoopNest): (ElementMap & { readonly buffer: string }) | undefined {
  const store = onlyStore(body);
  if (store === undefined) return undefined;
  const place = keyOf(store.index);
  const sources = new Set<string>();
  let [operations, uses] = [0, 0];
  const isCheap = (expression: Expression): boolean => {
    switch (expression.kind) {
      case 'constant':
        return true;
      case 'load':
        uses++;
        sources.add(expression.buffer);
        return keyOf(expression.index) === place;
      case 'unary':
      case 'binary':
        operations++;
        // What is shared would be looked at once for each use: it ends with the first operation too many.
        return operations <= mostOperations && cheap.has(expression.name) && operandsOf(expression).every(isCheap);
      case 'select':
        operations++;
        return operations <= mostOperations && operandsOf(expression).every(isCheap);
      case 'integer':
      case 'local':
      case 'accumulator':
      case 'guard':
        return false;
    }
  };
  if (!isCheap(store.value) || operations > mostOperations || sources.size > 1) return undefined;
  const [source] = sources;
  return { buffer: store.buffer, value: store.value, source, uses };
}

/**
 * Temporaries that need not be made: their elements cost less to compute, wherever they are read, than to store and read.
 * States are read as they were before a run, so it does not matter when.
 */
export function forwardedMaps({ buffers, nests }: Program): ReadonlyMap<string, ElementMap> {
  const temporary = new Set(buffers.filter(({ role }) => role === 'temporary').map(({ id }) => id));
  return new Map(
    nests.flatMap(({ nest }) => {
      const map = elementMap(nest);
      return map === undefined || !temporary.has(map.buffer) ? [] : [[map.buffer, map] as const];
    }),
  );
}
