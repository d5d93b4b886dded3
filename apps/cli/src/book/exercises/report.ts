import { printJson } from '../../json.ts';
import type { Paint } from '../../paint.ts';
import type { Value } from '../finding.ts';
import { allHold, checksOf } from './exercises.ts';
import type { Answer, Check, Result } from './exercise.ts';

const title = 'Convolutions for Images: the exercises';
const about = 'What stands below the code are values of its expressions: a tensor T has those that evaluate(T) gives.';

/** Whole numbers as they are, others with four digits after the point. */
export function valueLines(value: Value): readonly string[] {
  if (typeof value === 'string') return [value];
  const digits = value.flat().every(Number.isInteger) ? 0 : 4;
  // Adding 0 makes the sign of zero vanish, of small numbers too.
  const cells = value.map((row) => row.map((element) => (Number(element.toFixed(digits)) + 0).toFixed(digits)));
  const width = Math.max(...cells.flat().map((cell) => cell.length));
  return cells.map((row) => row.map((cell) => cell.padStart(width)).join(' '));
}

export function resultLines(results: readonly Result[]): readonly string[] {
  const widest = Math.max(...results.map(({ what }) => what.length));
  return results.flatMap(({ what, value }) => valueLines(value).map((line, index) => `${(index === 0 ? what : '').padEnd(widest)}   ${line}`));
}

/** A text in lines of about a hundred letters, those from the second on behind some spaces. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > 100) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

function checkLines({ claim, found }: Check, paint: Paint): readonly string[] {
  if (found === undefined) return [`   ${paint('green', 'ok')}      ${wrapped(claim, 11)}`];
  return [`   ${paint('red', 'fails')}   ${wrapped(claim, 11)}`, `           found: ${wrapped(found, 18)}`];
}

function printAnswer({ number, question, code, results, answer, checks }: Answer, paint: Paint): string {
  const indented = (lines: readonly string[]): string => lines.map((line) => `     ${line}`.trimEnd()).join('\n');
  return [
    `${paint('bold', number)}  ${wrapped(question, number.length + 2)}`,
    paint('dim', indented(code.split('\n'))),
    indented(resultLines(results)),
    `   ${wrapped(answer, 3)}`,
    checks.flatMap((each) => checkLines(each, paint)).join('\n'),
  ].join('\n\n');
}

/** The last line: whether every check holds, and which exercises have one that does not. */
function printVerdict(answered: readonly Answer[], paint: Paint): string {
  const all = checksOf(answered);
  const failing = all.filter(({ holds }) => !holds).length;
  if (failing === 0) return paint('green', `All ${all.length} checks hold.`);
  const where = answered.filter((answer) => !allHold([answer])).map(({ number }) => number);
  return paint('red', `${failing} of ${all.length} checks ${failing === 1 ? 'fails' : 'fail'}, of the exercise${where.length === 1 ? '' : 's'} ${where.join('; ')}.`);
}

/** The exercises as a person reads them: question, code, what comes out, the answer and what was checked of it. */
export function printExercises(answered: readonly Answer[], paint: Paint, ranOn: string): string {
  return `${[paint('bold', title), about, ...answered.map((answer) => printAnswer(answer, paint)), `Computed on ${ranOn}.`, printVerdict(answered, paint)].join('\n\n')}\n`;
}

/** The same for machines. */
export function exercisesAsJson(answered: readonly Answer[], ranOn: string): string {
  return printJson({ title, ranOn, holds: allHold(answered), exercises: answered });
}
