/** What stands below the options in the help of a command: lines to try, each with what it does. */
export function examples(lines: readonly (readonly [line: string, about: string])[]): string {
  const widest = Math.max(...lines.map(([line]) => line.length));
  return ['', 'Examples:', ...lines.map(([line, about]) => `  ${line.padEnd(widest)}  # ${about}`)].join('\n');
}
