import { checks, type Check } from '../doctor/checks.ts';
import { versions, type Versions } from '../doctor/versions.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { printJson } from '../json.ts';
import { paintFor, type Paint } from '../paint.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';

/** Says what the command is made of, and tries whether it works here. */
export async function doctor({ json }: { readonly json?: boolean | undefined }, { stdout, env }: Streams, make: () => Promise<readonly Check[]> = checks): Promise<ExitStatus> {
  const [known, made] = [await versions(), await make()];
  const ok = made.every((check) => check.ok);
  stdout.write(json === true ? printJson({ ok, versions: known, checks: made }) : printed(known, made, paintFor(stdout, env)));
  return ok ? exitStatus.ok : exitStatus.differs;
}

function printed({ packages, ...known }: Versions, made: readonly Check[], paint: Paint): string {
  const rows = [...Object.entries(known), ...Object.entries(packages)];
  const widest = Math.max(...rows.map(([name]) => name.length));
  const versionLines = rows.map(([name, version]) => `${name.padEnd(widest)}  ${version ?? paint('red', 'not found')}`);
  const checkLines = made.map(({ name, ok, found }) => `${ok ? paint('green', 'ok    ') : paint('red', 'failed')}  ${name}: ${found.replaceAll('\n', '\n          ')}`);
  const wrong = made.filter(({ ok }) => !ok).length;
  const verdict = wrong === 0 ? paint('green', 'All is well.') : paint('red', `${wrong} of ${made.length} checks failed.`);
  return `${[...versionLines, '', ...checkLines, '', verdict].join('\n')}\n`;
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
