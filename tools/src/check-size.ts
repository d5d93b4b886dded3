import { example } from './consumer/example.ts';
import { repository } from './repository.ts';
import { bundle } from './size/bundle.ts';
import { excesses, type Measured, printModules, printSizes } from './size/measured.ts';
import { deliver } from './verdict.ts';

const { file, text } = example(repository);
const packages = ['@xcorr/graph', '@xcorr/compiler', '@xcorr/backend-js'];
// The main entries, which are what programs load; what prints, parses and verifies stands in entries of its own.
const subjects = [
  // A namespace each: of names that two packages export, `export *` would silently keep neither.
  { what: 'graph, compiler, backend-js: main entries', goal: 30_000, source: packages.map((each, index) => `export * as p${index} from '${each}';`).join('\n') },
  { what: `${file}, with what it uses`, goal: 20_000, source: text },
];
const measured = await Promise.all(subjects.map(async ({ what, goal, source }): Promise<Measured> => ({ what, goal, bundle: await bundle(source, repository) })));

const modules = process.argv.includes('--modules') ? measured.map(printModules) : [];
process.stdout.write(`${[printSizes(measured), ...modules].join('\n\n')}\n\n`);
deliver('check-size', excesses(measured), `${measured.length} bundles keep to their goals`);
