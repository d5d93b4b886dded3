import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedComments } from '../consumer/checked-comments.ts';
import type { Example } from '../consumer/example.ts';
import { withoutTypes } from '../consumer/javascript.ts';
import { printInstalled } from './limits.ts';
import { isUnreachable, node, npm, type Ran } from './npm.ts';
import { install, installed, writeProject } from './project.ts';
import { brokenPromises } from './promises.ts';
import type { Tarball } from './tarball.ts';

/** What became of a project: what to tell, and what is broken. */
export type Report = { readonly told: readonly string[]; readonly findings: readonly string[] };

/** What `npm install xcorr` gives, all of it. */
const whole: readonly string[] = ['xcorr', '@xcorr/graph', '@xcorr/compiler', '@xcorr/threads', '@xcorr/backend-js', '@xcorr/backend-closures', '@xcorr/image', '@xcorr/nn'];

/**
 * Installs xcorr into an empty project, and runs examples there. npm is kept from the network and given an empty
 * cache: whatever is not ours cannot be installed.
 */
export async function tryLibrary(folder: string, tarballs: readonly Tarball[], examples: readonly Example[]): Promise<Report> {
  const project = join(folder, 'library');
  writeProject(project, tarballs, ['xcorr']);
  const ran = install(project, '--offline', '--cache', join(folder, 'empty-cache'));
  if (!ran.ok) return failed('xcorr: it cannot be installed by itself', ran);
  const result = installed(project);
  const strangers = result.packages.filter(({ name }) => !whole.includes(name)).map(({ name }) => `xcorr: ${name} is installed too, and is none of ${whole.join(', ')}`);
  const broken: string[] = [];
  for (const { file, text } of examples) {
    writeFileSync(join(project, 'example.js'), await withoutTypes(checkedComments(text)));
    const example = node(project, 'example.js');
    if (!example.ok) broken.push(...failed(`xcorr: ${file} does not run where it is installed`, example).findings);
  }
  return { told: [printInstalled('xcorr', result)], findings: [...strangers, ...brokenPromises('xcorr', result, { packages: whole.length + 1, megabytes: 1 }), ...broken] };
}

/** Installs the command line into an empty project, with what it needs from the registry, and uses it there. */
export function tryCommandLine(folder: string, tarballs: readonly Tarball[], picture: string): Report {
  const project = join(folder, 'cli');
  writeProject(project, tarballs, ['@xcorr/cli']);
  const ran = install(project, '--prefer-offline', '--fetch-retries=1');
  if (isUnreachable(ran)) return { told: ['cli: not tried, for the registry of npm does not answer; run npm run check:packed where it does'], findings: [] };
  if (!ran.ok) return failed('cli: it cannot be installed', ran);
  const result = installed(project);
  const use = (...words: readonly string[]): readonly string[] => {
    const used = npm(project, 'exec', '--no', '--', 'xcorr', ...words);
    return used.ok ? [] : failed(`cli: npx xcorr ${words.join(' ')} fails`, used).findings;
  };
  const broken = [...use('--version'), ...use('book'), ...use('edges', picture, '-o', 'edges.png'), ...noPicture(join(project, 'edges.png'))];
  return { told: [printInstalled('cli', result)], findings: [...brokenPromises('cli', result, { packages: 40, megabytes: 40 }), ...broken] };
}

/** What is wrong with a file that should be a PNG; nothing when it begins like one. */
function noPicture(path: string): readonly string[] {
  const isPicture = existsSync(path) && readFileSync(path).subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));
  return isPicture ? [] : ['cli: npx xcorr edges wrote no PNG'];
}

function failed(what: string, { output }: Ran): Report {
  return { told: [], findings: [`${what}\n  ${output.split('\n').slice(-25).join('\n  ')}`] };
}
