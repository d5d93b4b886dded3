import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepareChromium } from './prepare/chromium.ts';
import { thisMachine } from './prepare/machine.ts';
import { repository } from './repository.ts';

// The README's picture of the web page, taken by the page's own tests: docs/images/page.png.

const prepared = prepareChromium(thisMachine(repository, process.env));
if (prepared.ready) {
  const folder = mkdtempSync(join(tmpdir(), 'xcorr-picture-'));
  const words = [join(repository, 'node_modules/vitest/vitest.mjs'), 'run', '--project=web', 'apps/demo/src/page/picture.web.test.ts'];
  const { status } = spawnSync(process.execPath, words, { cwd: repository, env: { ...process.env, ...prepared.additions, XCORR_SCREENSHOTS: folder }, stdio: 'inherit' });
  const picture = join(repository, 'docs/images/page.png');
  if (status === 0) {
    mkdirSync(dirname(picture), { recursive: true });
    copyFileSync(join(folder, 'page.png'), picture);
  }
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(`${prepared.trouble}\n`);
  process.exitCode = 1;
}
