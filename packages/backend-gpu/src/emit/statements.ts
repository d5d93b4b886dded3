import type { Accumulate, Statement } from '@xcorr/compiler';
import type { Storage } from '@xcorr/graph';
import { emitExpression, emitNumber } from './expressions.ts';
import { literalOf } from './literal.ts';
import type { Writing } from './writing.ts';

/** What a kernel's statements are written with. */
export interface StatementWriting extends Writing {
  /** The loops whose iterations are threads. */
  readonly isThread: (variable: string) => boolean;
  readonly storageOf: (buffer: string) => Storage;
}

/** How a thread rounds to what is stored: float32 is what a texture or a buffer holds. */
const roundings: Readonly<Record<Storage, (value: string, writing: Writing) => string>> = {
  float32: (value) => value,
  uint8: (value, { call }) => call('byteOf', value),
  float64: () => {
    throw new TypeError('a thread stores no doubles');
  },
};

const gatherings: Readonly<Record<Accumulate['operator'], (gathered: string, value: string) => string>> = {
  add: (gathered, value) => `${gathered} += ${value};`,
  max: (gathered, value) => `${gathered} = Math.max(${gathered}, ${value});`,
};

type StatementRules = { readonly [K in Statement['kind']]: (each: Extract<Statement, { readonly kind: K }>, writing: StatementWriting) => readonly string[] };

/** Each kind of statement, as lines, but for those that its expressions put before it. */
const statements: StatementRules = {
  loop: ({ variable, extent, body }, writing) => {
    const end = literalOf(extent);
    const inside: StatementWriting = { ...writing, extentOf: (name) => (name === variable ? end : writing.extentOf(name)) };
    if (writing.isThread(variable)) return emitBody(body, inside);
    return [`for (let ${variable} = 0; ${variable} < ${end}; ${variable}++) {`, ...emitBody(body, inside).map((line) => `  ${line}`), '}'];
  },
  let: ({ name, value }, writing) => [`const ${name} = ${emitExpression(value, writing).text};`],
  accumulator: ({ name, count, initial }, writing) => {
    if (count !== 1) throw new TypeError('a thread has no arrays of accumulators');
    return [`let ${name} = ${emitNumber(initial, writing)};`];
  },
  accumulate: ({ name, operator, value }, writing) => [gatherings[operator](name, emitExpression(value, writing).text)],
  store: ({ buffer, value }, writing) => [`return ${roundings[writing.storageOf(buffer)](emitExpression(value, writing).text, writing)};`],
};

/** Statements one after the other, each behind what must stand before it. */
export function emitBody(body: readonly Statement[], around: StatementWriting): readonly string[] {
  return body.flatMap((statement) => {
    const writing: StatementWriting = { ...around, lines: [] };
    const lines = emitStatement(statement, writing);
    return [...writing.lines, ...lines];
  });
}

function emitStatement(statement: Statement, writing: StatementWriting): readonly string[] {
  switch (statement.kind) {
    case 'loop':
      return statements.loop(statement, writing);
    case 'let':
      return statements.let(statement, writing);
    case 'accumulator':
      return statements.accumulator(statement, writing);
    case 'accumulate':
      return statements.accumulate(statement, writing);
    case 'store':
      return statements.store(statement, writing);
  }
}
