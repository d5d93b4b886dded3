import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Compiler } from './compilers.ts';
import { type Resolution, settings } from './consumer.ts';

/** What a compiler said about a consumer. */
export type Checked = { readonly compiler: Compiler; readonly resolution: Resolution; readonly errors: readonly string[]; readonly seconds: number };

const shownErrors = 10;

/** Checks some files of a consumer in its folder, in a process of its own as users do. */
export function check(folder: string, compiler: Compiler, resolution: Resolution, files: readonly string[]): Checked {
  const project = `tsconfig.${resolution}.json`;
  writeFileSync(join(folder, project), settings(resolution, files));
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [compiler.path, '--project', project, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  return { compiler, resolution, seconds, errors: status === 0 ? [] : errorsOf(`${stdout}${stderr}`, `ended by ${signal ?? `exit status ${status}`}`) };
}

/** The lines that a compiler printed, each error with its explanation; how it ended when it printed nothing. */
export function errorsOf(output: string, ending: string): readonly string[] {
  const lines = output.trim();
  return lines === '' ? [ending] : lines.split(/\r?\n(?!\s)/);
}

/** What is broken, in the words of the compiler; nothing when all is well. */
export function printErrors({ compiler, resolution, errors }: Checked): readonly string[] {
  if (errors.length === 0) return [];
  const rest = errors.length - shownErrors;
  const shown = [...errors.slice(0, shownErrors), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return [`TypeScript ${compiler.version}, moduleResolution ${resolution}:\n${shown.map((error) => `  ${error.replaceAll('\n', '\n  ')}`).join('\n')}`];
}
