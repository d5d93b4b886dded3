import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');

/** Installs the peers where they are not, as their lockfile says. Where that fails their rows say so. */
export function installPeers(): void {
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return;
  process.stderr.write('benchmarks: installing the peers\n');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.stderr.write('benchmarks: npm ci failed; peers that are not installed have no figures\n');
}
