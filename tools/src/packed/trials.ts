import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedComments } from '../consumer/checked-comments.ts';
import type { Example } from '../consumer/example.ts';
import { withoutTypes } from '../consumer/javascript.ts';
import { printInstalled, reached } from './limits.ts';
import { isUnreachable, node, npm, type Ran } from './npm.ts';
import { install, installed, writeProject } from './project.ts';
import type { Tarball } from './tarball.ts';

/** What became of a project: what to tell, and what is broken. */
export type Report = { readonly told: readonly string[]; readonly findings: readonly string[] };

const engine: readonly string[] = ['@xcorr/graph', '@xcorr/compiler', '@xcorr/backend-js'];

/**
 * Installs the packages that compile and run programs into an empty project, and runs an example there. npm is
 * kept from the network and given an empty cache: whatever is not ours cannot be installed.
 */
export async function tryEngine(folder: string, tarballs: readonly Tarball[], { file, text }: Example): Promise<Report> {
  const project = join(folder, 'engine');
  writeProject(project, tarballs, engine);
  const ran = install(project, '--offline', '--cache', join(folder, 'empty-cache'));
  if (!ran.ok) return failed('engine: the packages cannot be installed by themselves', ran);
  const result = installed(project);
  const strangers = result.packages.filter((name) => !engine.includes(name)).map((name) => `engine: ${name} is installed too, and is none of ${engine.join(', ')}`);
  const findings = [...strangers, ...reached(result, { packages: engine.length + 1, megabytes: 1 }).map((text) => `engine: ${text}`)];
  writeFileSync(join(project, 'example.js'), await withoutTypes(checkedComments(text)));
  const example = node(project, 'example.js');
  const broken = example.ok ? [] : failed(`engine: ${file} does not run on the installed packages`, example).findings;
  return { told: [printInstalled('engine', result)], findings: [...findings, ...broken] };
}

/** Installs the command line into an empty project, with what it needs from the registry, and runs the book there. */
export function tryCommandLine(folder: string, tarballs: readonly Tarball[]): Report {
  const project = join(folder, 'cli');
  writeProject(project, tarballs, ['@xcorr/cli']);
  const ran = install(project, '--prefer-offline', '--fetch-retries=1');
  if (isUnreachable(ran)) return { told: ['cli: not tried, for the registry of npm does not answer; run npm run check:packed where it does'], findings: [] };
  if (!ran.ok) return failed('cli: it cannot be installed', ran);
  const result = installed(project);
  const book = npm(project, 'exec', '--no', '--', 'xcorr', 'book');
  const broken = book.ok ? [] : failed('cli: npx xcorr book fails', book).findings;
  return { told: [printInstalled('cli', result)], findings: [...reached(result, { packages: 40, megabytes: 40 }).map((text) => `cli: ${text}`), ...broken] };
}

function failed(what: string, { output }: Ran): Report {
  return { told: [], findings: [`${what}\n  ${output.split('\n').slice(-25).join('\n  ')}`] };
}
