import { printShape, type Shape } from './shape.ts';

/**
 * The base of every error that a user of xcorr can meet. `message` is complete: it names the operation,
 * shows the operands, states the law that is broken and what would mend it.
 */
export class XcorrError extends Error {
  override readonly name: string = 'XcorrError';
}

/** Shapes or attributes of an operation break its law. */
export class ShapeError extends XcorrError {
  override readonly name = 'ShapeError';
}

/** A value given by a person is not usable: a ragged list, a number that is not finite, a wrong dtype. */
export class ValueError extends XcorrError {
  override readonly name = 'ValueError';
}

/** What was fed to a compiled program does not fit its inputs. */
export class FeedError extends XcorrError {
  override readonly name = 'FeedError';
}

/** A program cannot be built or emitted as asked. */
export class CompileError extends XcorrError {
  override readonly name = 'CompileError';
}

/** One operand as an error message shows it. */
export interface OperandLine {
  /** The operand's part in the operation: `input`, `weight`, `a`. */
  readonly role: string;
  readonly shape: Shape;
  /** One letter or word an axis: `N C H W`. */
  readonly axes?: string;
  /** What the user called it. */
  readonly label?: string | undefined;
  /** Where the user made it: `edges.ts:12`. */
  readonly site?: string | undefined;
}

/** The law that is broken, and the axis of the last operand under which the mark stands. */
export interface BrokenLaw {
  readonly text: string;
  readonly axis?: number;
}

/**
 * A message in the house form:
 *
 *     conv2d: the input has 3 channels, the kernel expects 1 (groups 1)
 *       input   [1, 3, 6, 8]  N C H W   photo   at edges.ts:12
 *       weight  [1, 1, 1, 2]  O I H W   K       at edges.ts:13
 *                   ^ I x groups must equal C
 */
export function describeOperands(headline: string, operands: readonly OperandLine[], law: BrokenLaw): string {
  const columns = operands.map(({ role, shape, axes, label, site }) => [
    role,
    printShape(shape),
    axes ?? '',
    label ?? '',
    site === undefined ? '' : `at ${site}`,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...columns.map((row) => (row[column] ?? '').length)));
  const lines = columns.map((row) =>
    `  ${row
      .map((cell, column) => (widths[column] === 0 ? '' : cell.padEnd((widths[column] ?? 0) + 2)))
      .join('')}`.trimEnd(),
  );
  const last = operands.at(-1);
  const before = last === undefined || law.axis === undefined ? undefined : printShape(last.shape.slice(0, law.axis));
  // Inside `[1, 1, 1, 2]` the text of axis k starts after the printed axes before it and one separator.
  const inside = before === undefined ? 0 : law.axis === 0 ? 1 : before.length + 1;
  const mark = law.axis === undefined ? '' : `${' '.repeat(2 + (widths[0] ?? 0) + 2 + inside)}^ `;
  return [headline, ...lines, law.axis === undefined ? `  ${law.text}` : `${mark}${law.text}`].join('\n');
}
