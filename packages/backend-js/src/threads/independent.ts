import { expressionsIn, walk, type LoopNest, type Statement } from '@xcorr/compiler';

/**
 * Whether bands of a nest's outermost loops may run in any order, and at once, with the same bits: those loops gather
 * nothing, so that every sum stays whole, and no iteration reads what another one, or another of the loops, writes. A
 * state that is updated in its own place is read there by the iteration alone that writes it; there is one loop then,
 * and nothing of the state is read before it.
 */
export function isIndependent({ body }: LoopNest): boolean {
  const loops = body.filter((each) => each.kind === 'loop');
  if (loops.length === 0 || loops.some((loop) => loop.role !== 'parallel') || body.some((each) => each.kind !== 'loop' && each.kind !== 'let')) return false;
  const stored = new Set([...walk(body)].flatMap(([each]) => (each.kind === 'store' ? [each.buffer] : [])));
  const isRead = (statements: readonly Statement[]): boolean => [...expressionsIn(statements)].some((each) => each.kind === 'load' && stored.has(each.buffer));
  return !isRead(body) || (loops.length === 1 && !isRead(body.filter((each) => each.kind === 'let')));
}
