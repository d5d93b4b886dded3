import { examine, type Availability, type Findings } from '../doctor/checks.ts';
import { versions, type Versions } from '../doctor/versions.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { printJson } from '../json.ts';
import { paintFor, type Paint } from '../paint.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';

/** Says what the command is made of, and tries whether it works here. */
export async function doctor({ json }: { readonly json?: boolean | undefined }, { stdout, env }: Streams, find: () => Promise<Findings> = examine): Promise<ExitStatus> {
  const [known, found] = [await versions(), await find()];
  const ok = found.checks.every((check) => check.ok);
  stdout.write(json === true ? printJson({ ok, versions: known, ...found }) : printed(known, found, paintFor(stdout, env)));
  return ok ? exitStatus.ok : exitStatus.differs;
}

function printed({ packages, ...known }: Versions, { backends, checks }: Findings, paint: Paint): string {
  const rows = [...Object.entries(known), ...Object.entries(packages)];
  const widest = Math.max(...rows.map(([name]) => name.length));
  const versionLines = rows.map(([name, version]) => `${name.padEnd(widest)}  ${version ?? (name === 'gpu.js' ? notInstalled : paint('red', 'not found'))}`);
  const checkLines = checks.map(({ name, ok, found }) => `${ok ? paint('green', 'ok    ') : paint('red', 'failed')}  ${name}: ${found.replaceAll('\n', '\n          ')}`);
  const wrong = checks.filter(({ ok }) => !ok).length;
  const verdict = wrong === 0 ? paint('green', 'All is well.') : paint('red', `${wrong} of ${checks.length} checks failed.`);
  return `${[...versionLines, '', ...printBackends(backends), '', ...checkLines, '', verdict].join('\n')}\n`;
}

/** Nothing is wrong without it. */
const notInstalled = 'not installed; npm install gpu.js adds the backends gpu';

/** The backends that are to be had, and the others with their reasons: those that have one reason in a line. */
function printBackends(backends: readonly Availability[]): readonly string[] {
  const reasons = new Map<string | undefined, readonly string[]>();
  for (const { name, why } of backends) reasons.set(why, [...(reasons.get(why) ?? []), name]);
  return [...reasons].map(([why, names]) => (why === undefined ? `backends  ${names.join(', ')}` : `  not ${names.join(', ')}: ${why}`));
}

export const doctorCommand: Register = (program, streams, done) => {
  program
    .command('doctor')
    .description('say which versions are at work, and try whether what is compiled gives the right numbers here')
    .option('--json', 'print one JSON document instead of lines')
    .addHelpText('after', `\nThe status is ${exitStatus.differs} when a check fails.`)
    .addHelpText(
      'after',
      examples([
        ['xcorr doctor', 'for people'],
        ['xcorr doctor --json', 'for a report of a fault'],
      ]),
    )
    .action(async (options: { readonly json?: boolean }) => done(await doctor(options, streams)));
};
