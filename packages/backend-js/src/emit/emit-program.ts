import { applySchedule, constantsOf, type Program } from '@xcorr/compiler';
import { emitNest } from './emit-nest.ts';
import { functionSources } from './scalars.ts';

/**
 * A program as the body of a JavaScript function that returns `run(buffers, sizes)`. The source is made of the
 * program alone: no name from outside reaches it.
 */
export function emitProgram(program: Program): string {
  const sizeNames = new Map(program.sizes.map((name, position) => [name, `n${position}`]));
  const constants = constantsOf(program);
  const position = new Map(program.buffers.map((buffer, index) => [buffer.id, index]));
  const tables = new Map<string, string>();
  const table = (values: readonly number[]): string => {
    const text = values.join(', ');
    const name = tables.get(text) ?? `m${tables.size}`;
    tables.set(text, name);
    return name;
  };
  const nests = program.nests.map(({ nest, schedule }) => emitNest(applySchedule(nest, schedule, constants), sizeNames, table));
  const arrays = nests.flatMap((nest) => nest.arrays.map(([name, length]) => `const ${name} = new Float64Array(${length});`));
  const calls = nests.map((nest) => {
    const buffers = nest.buffers.map((id) => `buffers[${position.get(id) ?? -1}]`);
    const sizes = program.sizes.map((_, index) => `sizes[${index}]`);
    return `  ${nest.name}(${[...buffers, ...sizes].join(', ')});`;
  });
  // Where nothing varies behind them, no nest is left out: the calls would be none.
  const invariant = program.invariant < calls.length ? program.invariant : 0;
  const body = invariant === 0 ? calls : ['  if (!isAgain) {', ...calls.slice(0, invariant).map((call) => `  ${call}`), '  }', ...calls.slice(invariant)];
  const text = nests.map((nest) => nest.text).join('\n');
  return [
    '"use strict";',
    ...Object.entries(functionSources).flatMap(([name, source]) => (text.includes(`${name}(`) ? [source] : [])),
    ...[...tables].map(([values, name]) => `const ${name} = Int32Array.of(${values});`),
    ...arrays,
    text,
    `return function run(buffers, sizes${invariant === 0 ? '' : ', isAgain'}) {`,
    ...body,
    '};',
    '',
  ].join('\n');
}
