import { readFileSync } from 'node:fs';
import { productionClosure } from './licences/closure.ts';
import { licenceFindings, printFinding } from './licences/findings.ts';
import { parseLockfile } from './lockfile/lockfile.ts';
import { repository } from './repository.ts';
import { deliver } from './verdict.ts';

const lockfile = parseLockfile(readFileSync(`${repository}/package-lock.json`, 'utf8'));
const findings = licenceFindings(lockfile).map(printFinding);

deliver('check-licences', findings, `${productionClosure(lockfile).size} packages that users install have permitted licences`);
