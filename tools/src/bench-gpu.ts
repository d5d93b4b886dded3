import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareChromium } from './prepare/chromium.ts';
import { thisMachine } from './prepare/machine.ts';
import { repository } from './repository.ts';

// Milliseconds a step, the median of the rounds and the least, and the median of the ratios: a row for docs/benchmarks.md.

const prepared = prepareChromium(thisMachine(repository, process.env));
if (prepared.ready) {
  const words = [join(repository, 'node_modules/vitest/vitest.mjs'), 'run', '--project=bench', ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, words, { cwd: repository, env: { ...process.env, ...prepared.additions }, stdio: 'inherit' }).status ?? 1;
} else {
  process.stderr.write(`${prepared.trouble}\n`);
  process.exitCode = 1;
}
