/**
 * A program whose comments are checked when it runs: in each statement `value; // => expected` the value has to be
 * what is expected, to the last digit.
 */
export function checkedComments(program: string): string {
  const checked = program.replaceAll(/^(?<value>\S.*);\s*\/\/ => (?<expected>.+)$/gm, 'promised($<value>, $<expected>);');
  return checked === program ? program : `import { deepStrictEqual as promised } from 'node:assert';\n${checked}`;
}
