import type { Accumulate, Statement } from '@xcorr/compiler';
import { emitExpression } from './expressions.ts';
import { emitInteger } from './integers.ts';
import { applyRule, type Names, type Rules, type Step } from './target.ts';

/** What an accumulator makes of what it has and of the next value. */
const gatherings: Readonly<Record<Accumulate['operator'], (gathered: number, value: number) => number>> = {
  add: (gathered, value) => gathered + value,
  max: Math.max,
};

/** Each kind of statement. */
export const statements: Rules<Statement, Step> = {
  loop: ({ variable, extent, ...loop }, names) => {
    const slot = names.declare(variable, 1);
    const end = emitInteger(extent, names);
    const body = emitBody(loop.body, names);
    return (frame) => {
      const count = end(frame);
      for (let iteration = 0; iteration < count; iteration++) {
        frame.slots[slot] = iteration;
        body(frame);
      }
    };
  },
  let: ({ name, ...local }, names) => {
    const value = emitExpression(local.value, names);
    const slot = names.declare(name, 1);
    return (frame) => {
      frame.slots[slot] = value(frame);
    };
  },
  accumulator: ({ name, count, initial }, names) => {
    const slot = names.declare(name, count);
    return ({ slots }) => {
      slots.fill(initial, slot, slot + count);
    };
  },
  accumulate: ({ name, element, operator, ...gathered }, names) => {
    const gather = gatherings[operator];
    const slot = names.slot(name);
    const offset = emitInteger(element, names);
    const value = emitExpression(gathered.value, names);
    return (frame) => {
      const place = slot + offset(frame);
      frame.slots[place] = gather(frame.slots[place] ?? Number.NaN, value(frame));
    };
  },
  // The array rounds to its own type: float32 to the nearest, bytes half to even and saturated.
  store: ({ buffer, index, ...stored }, names) => {
    const position = names.buffer(buffer);
    const element = emitInteger(index, names);
    const value = emitExpression(stored.value, names);
    return (frame) => {
      const array = frame.buffers[position];
      if (array !== undefined) array[element(frame)] = value(frame);
    };
  },
};

/** Statements one after the other. */
export function emitBody(body: readonly Statement[], names: Names): Step {
  const steps = body.map((statement) => applyRule<Statement, Step>(statements, statement, names));
  const [only, another] = steps;
  if (only !== undefined && another === undefined) return only;
  return (frame) => {
    for (const step of steps) step(frame);
  };
}
