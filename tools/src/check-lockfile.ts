import { readFileSync } from 'node:fs';
import { parseLockfile } from './lockfile/lockfile.ts';
import { missingOptional, printMissing } from './lockfile/missing-optional.ts';
import { repository } from './repository.ts';
import { deliver } from './verdict.ts';

const lockfile = parseLockfile(readFileSync(`${repository}/package-lock.json`, 'utf8'));

deliver('check-lockfile', missingOptional(lockfile).map(printMissing), `every optional dependency of ${lockfile.size} entries is there`);
