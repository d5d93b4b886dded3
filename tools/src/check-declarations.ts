import { join } from 'node:path';
import { example, fixture, packageExample } from './consumer/example.ts';
import { check, type Checked, printErrors } from './declarations/check.ts';
import { compilers } from './declarations/compilers.ts';
import { resolutions, writeConsumer } from './declarations/consumer.ts';
import { repository } from './repository.ts';
import { inTemporaryFolder } from './temporary.ts';
import { deliver } from './verdict.ts';

const packages = new Map(['@xcorr/graph', '@xcorr/compiler', '@xcorr/threads', '@xcorr/backend-js', '@xcorr/backend-closures', '@xcorr/image', '@xcorr/nn', 'xcorr'].map((name) => [name, join(repository, 'packages', name.replace('@xcorr/', ''))]));
const operations = fixture(repository, 'fifty-operations.ts');
const programs = [operations, example(repository), packageExample(repository, 'packages/xcorr')];
/** How long the newest compiler may take over a file of fifty operations, the start of its process included. */
const goal = 1;

const findings = await inTemporaryFolder((folder) => {
  writeConsumer(folder, packages, programs);
  const installed = compilers();
  const files = programs.map(({ file }) => file);
  const checked = installed.flatMap((compiler) => resolutions.map((resolution) => check(folder, compiler, resolution, files)));
  const newest = installed.at(-1);
  if (newest !== undefined) tellTime(check(folder, newest, 'nodenext', [operations.file]));
  return checked.flatMap(printErrors);
});

deliver('check-declarations', findings, `${packages.size} packages declare what ${compilers().map(({ version }) => version).join(', ')} of TypeScript understand`);

/** Machines differ and are busy: a time is told and breaks nothing. */
function tellTime({ compiler, seconds }: Checked): void {
  const verdict = seconds < goal ? 'within' : 'over';
  process.stdout.write(`${operations.file}: TypeScript ${compiler.version} checks it in ${seconds.toFixed(2)} s, ${verdict} the goal of ${goal} s\n`);
}
