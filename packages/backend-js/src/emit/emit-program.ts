import { applySchedule, constantsOf, type LoopNest, type Program } from '@xcorr/compiler';
import { emitNest } from './emit-nest.ts';
import { functionSources } from './scalars.ts';

/** A nest's function, and its arguments over the arrays `buffers` and `sizes`. */
export interface NestCall {
  readonly name: string;
  readonly operands: readonly string[];
  /** Whether it takes a band of its loops, `begin` and `end`, behind its operands. */
  readonly isBanded: boolean;
}

/** What the source of a program is made of. */
export interface ProgramSource {
  /** The functions of the nests, and what they need. */
  readonly head: readonly string[];
  /** A call for each nest, in order. */
  readonly calls: readonly NestCall[];
}

/** @param bandsOf  into how many bands the loops of a scheduled nest are divided. Default: they are not */
export function programSource(program: Program, bandsOf: (nest: LoopNest) => number | undefined = () => undefined): ProgramSource {
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
  const nests = program.nests.map(({ nest, schedule }) => {
    const scheduled = applySchedule(nest, schedule, constants);
    const bands = bandsOf(scheduled);
    return { ...emitNest(scheduled, sizeNames, table, bands), isBanded: bands !== undefined };
  });
  const arrays = nests.flatMap((nest) => nest.arrays.map(([name, length]) => `const ${name} = new Float64Array(${length});`));
  const calls = nests.map(({ name, buffers, isBanded }) => ({
    name,
    operands: [...buffers.map((id) => `buffers[${position.get(id) ?? -1}]`), ...program.sizes.map((_, index) => `sizes[${index}]`)],
    isBanded,
  }));
  const text = nests.map((nest) => nest.text).join('\n');
  const head = [
    '"use strict";',
    ...Object.entries(functionSources).flatMap(([name, source]) => (text.includes(`${name}(`) ? [source] : [])),
    ...[...tables].map(([values, name]) => `const ${name} = Int32Array.of(${values});`),
    ...arrays,
    text,
  ];
  return { head, calls };
}

/**
 * A program as the body of a JavaScript function that returns `run(buffers, sizes)`. The source is made of the
 * program alone: no name from outside reaches it.
 */
export function emitProgram(program: Program): string {
  const source = programSource(program);
  const calls = source.calls.map(({ name, operands }) => `  ${name}(${operands.join(', ')});`);
  // Where nothing varies behind them, no nest is left out: the calls would be none.
  const invariant = program.invariant < calls.length ? program.invariant : 0;
  const body = invariant === 0 ? calls : ['  if (!isAgain) {', ...calls.slice(0, invariant).map((call) => `  ${call}`), '  }', ...calls.slice(invariant)];
  return [...source.head, `return function run(buffers, sizes${invariant === 0 ? '' : ', isAgain'}) {`, ...body, '};', ''].join('\n');
}
