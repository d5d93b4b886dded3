import { expressionsIn, type LoopNest, type Statement } from '@xcorr/compiler';
import { evaluateInteger } from '@xcorr/graph';

/** Operations of a body: each expression of a statement, and the statement itself, as often as the loops around it run. */
function operations(body: readonly Statement[], sizes: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const each of body) {
    if (each.kind === 'loop') sum += evaluateInteger(each.extent, sizes) * operations(each.body, sizes);
    else sum += 1 + [...expressionsIn([each])].length;
  }
  return sum;
}

/** How many operations a nest takes, as it was made: about eight take a nanosecond in V8. */
export function workOf(nest: LoopNest, sizes: ReadonlyMap<string, number>): number {
  return operations(nest.body, sizes);
}
