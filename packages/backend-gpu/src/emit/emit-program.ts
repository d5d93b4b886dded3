import { applySchedule, constantsOf, type LoopNest, type Program } from '@xcorr/compiler';
import { emitBody } from './statements.ts';
import type { Names, Step } from './target.ts';

/** A program as a step, and what a frame needs for it. */
export interface Emitted {
  readonly run: Step;
  /** How many slots loop variables, locals and accumulators take. */
  readonly slots: number;
}

/**
 * The program's nests with their shared values named, and nothing unrolled or blocked: a schedule is a proposal, and no
 * schedule changes a result.
 */
function nestsOf(program: Program): readonly LoopNest[] {
  const constants = constantsOf(program);
  return program.nests.map(({ nest }) => applySchedule(nest, [], constants));
}

function placeOf(places: ReadonlyMap<string, number>, name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new TypeError(`the program uses ${JSON.stringify(name)} where it is not known`);
  return place;
}

/** A program as nested functions. */
export function emitProgram(program: Program): Emitted {
  const buffers = new Map(program.buffers.map(({ id }, position) => [id, position]));
  const sizes = new Map(program.sizes.map((name, position) => [name, position]));
  const declared = new Map<string, number>();
  let slots = 0;
  const names: Names = {
    buffer: (id) => placeOf(buffers, id),
    size: (name) => placeOf(sizes, name),
    declare: (name, count) => {
      declared.set(name, slots);
      slots += count;
      return slots - count;
    },
    slot: (name) => placeOf(declared, name),
  };
  const steps = nestsOf(program).map((nest) => emitBody(nest.body, names));
  return {
    slots,
    run: (frame) => {
      for (const step of steps) step(frame);
    },
  };
}
