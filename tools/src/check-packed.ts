import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from 'ts-morph';
import { readWorkspaces } from './arrows/workspace.ts';
import { example, packageExample } from './consumer/example.ts';
import { parseObject } from './json.ts';
import { npm } from './packed/npm.ts';
import { missingTargets, type Tarball, tarballsOf, unwantedFiles } from './packed/tarball.ts';
import { tryCommandLine, tryLibrary } from './packed/trials.ts';
import { repository } from './repository.ts';
import { inTemporaryFolder } from './temporary.ts';
import { deliver } from './verdict.ts';

const workspaces = readWorkspaces(new Project({ skipAddingFilesFromTsConfig: true }).getFileSystem(), repository);
const published = workspaces
  .map(({ name, manifestText }) => ({ name, manifest: parseObject(manifestText, `${name}'s package.json`) }))
  .filter(({ manifest }) => manifest['private'] !== true);

const findings = await inTemporaryFolder(async (folder) => {
  const tarballs = pack(join(folder, 'tarballs'));
  const inside = tarballs.flatMap((tarball) => {
    const manifest = published.find(({ name }) => name === tarball.name)?.manifest ?? {};
    return [...unwantedFiles(tarball), ...missingTargets(tarball, manifest)];
  });
  const examples = [example(repository), packageExample(repository, 'packages/xcorr')];
  const trials = [await tryLibrary(folder, tarballs, examples), tryCommandLine(folder, tarballs, join(repository, 'tools/fixtures/square.png'))];
  for (const line of trials.flatMap(({ told }) => told)) process.stdout.write(`${line}\n`);
  return [...inside, ...trials.flatMap((trial) => trial.findings)];
});

deliver('check-packed', findings, `${published.length} packages are packed as they should be and work where they are installed`);

/** Everything that would be published, as npm would publish it. */
function pack(folder: string): readonly Tarball[] {
  mkdirSync(folder);
  const chosen = published.flatMap(({ name }) => ['--workspace', name]);
  const { ok, stdout, output } = npm(repository, 'pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder, ...chosen);
  if (!ok) throw new Error(`npm pack failed:\n${output}`);
  return tarballsOf(stdout, folder);
}
