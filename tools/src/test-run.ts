import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, parseObject } from './json.ts';
import { repository } from './repository.ts';
import { notRun } from './test-run/not-run.ts';
import { closingLine, type Ending, type Outcome, outcomeOf } from './test-run/outcome.ts';
import { readRequest } from './test-run/request.ts';

const { words, environment } = readRequest(process.argv.slice(2), process.env);
const folder = mkdtempSync(join(tmpdir(), 'xcorr-tests-'));
try {
  const outcome = run(join(folder, 'report.json'));
  const lines = [...outcome.troubles, ...notRun(environment), closingLine(outcome)];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = outcome.failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Vitest itself and not Nx: a test that is asked for runs, whatever a cache remembers. */
function run(reportPath: string): Outcome {
  const { status, signal } = spawnSync(
    process.execPath,
    [
      join(repository, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportPath}`,
      ...words,
    ],
    { cwd: repository, env: environment, stdio: 'inherit' },
  );
  const ending: Ending = { status, signal };
  return outcomeOf(readReport(reportPath), ending);
}

function readReport(path: string): JsonObject | undefined {
  return existsSync(path) ? parseObject(readFileSync(path, 'utf8'), "vitest's report") : undefined;
}
