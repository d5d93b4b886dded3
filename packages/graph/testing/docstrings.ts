import { transformSync } from 'esbuild';

/** The name of the function that is handed a value and what was stated of it; no example uses it. */
export const stated = '__stated';

/** What stands between each @example of a docstring and the next tag. */
export function programsIn(docstring: string): readonly string[] {
  const lines = docstring.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
  const [, ...parts] = lines.join('\n').split(/@example\b/);
  return parts.map((part) => part.replace(/\n\s*@[\s\S]*$/, '').trim());
}

const isStated = /^(.*?);?\s*\/\/ => (.+)$/;

/** The program with each stated value handed to a function: `stated(expression, value)`. */
export function withChecks(code: string): string {
  const pending: string[] = [];
  const done: string[] = [];
  for (const line of code.split('\n')) {
    const [, last, value] = isStated.exec(line) ?? [];
    if (last === undefined || value === undefined) {
      pending.push(line);
      continue;
    }
    const lines = [...pending, last];
    const start = lines.findLastIndex((_, from) => isExpression(lines.slice(from).join('\n')));
    if (start < 0) throw new SyntaxError(`no expression ends in: ${line}`);
    done.push(...lines.slice(0, start), `${stated}(${lines.slice(start).join('\n')},\n${value});`);
    pending.length = 0;
  }
  return [...done, ...pending].join('\n');
}

function isExpression(text: string): boolean {
  try {
    transformSync(`(${text}\n);`, { loader: 'ts' });
    return true;
  } catch {
    return false;
  }
}
