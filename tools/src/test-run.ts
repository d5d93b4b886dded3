import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, parseObject } from './json.ts';
import { thisMachine } from './prepare/machine.ts';
import { repository } from './repository.ts';
import type { Group } from './test-run/groups.ts';
import { notRun } from './test-run/not-run.ts';
import { closingLine, type Ending, notReady, type Outcome, outcomeOf, together } from './test-run/outcome.ts';
import { readRequest } from './test-run/request.ts';

const { groups, words, environment } = readRequest(process.argv.slice(2), process.env);
// Words that choose tests may leave a group none.
const mayBeEmpty = groups.length > 1 && words.length > 0;
const folder = mkdtempSync(join(tmpdir(), 'xcorr-tests-'));
try {
  // One after the other: tests of one group would take another's time.
  const outcome = together(groups.map((group) => runGroup(group)));
  const lines = [...outcome.names, ...outcome.troubles, ...notRun(environment, groups), closingLine(outcome)];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = outcome.failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Vitest itself and not Nx: a test that is asked for runs, whatever a cache remembers. */
function runGroup({ name, projects, prepare }: Group): Outcome {
  const prepared = prepare(thisMachine(repository, environment), repository);
  if (!prepared.ready) return notReady(prepared.trouble);
  const reportPath = join(folder, `${name}.json`);
  const [command = process.execPath, ...rest] = [
    ...prepared.launcher,
    process.execPath,
    join(repository, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath}`,
    ...(mayBeEmpty ? ['--passWithNoTests'] : []),
    ...words,
  ];
  const { status, signal } = spawnSync(command, rest, { cwd: repository, env: { ...environment, ...prepared.additions }, stdio: 'inherit' });
  const ending: Ending = { status, signal };
  return outcomeOf(readReport(reportPath), ending, mayBeEmpty);
}

function readReport(path: string): JsonObject | undefined {
  return existsSync(path) ? parseObject(readFileSync(path, 'utf8'), "vitest's report") : undefined;
}
