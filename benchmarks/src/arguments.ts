import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly only: RegExp;
  readonly contenders: RegExp;
  readonly rounds: number;
  readonly json: string | undefined;
  readonly allowMissing: boolean;
  readonly write: boolean;
  readonly goals: boolean;
  readonly report: string | undefined;
  /** The command that says all this. */
  readonly command: string;
}

export const usage = `npm run bench -- [--only REGEX] [--contenders REGEX] [--rounds N] [--json FILE] [--report FILE] [--allow-missing] [--write] [--goals]

  --only REGEX        the workloads whose names match
  --contenders REGEX  the contenders whose names match, as in 'xcorr/js' and 'xcorr/js, 2 threads'
  --rounds N          rounds of a workload, 9 if it is not said
  --json FILE         writes the rows
  --report FILE       writes all: the rows, memory, bytes, machine, versions
  --allow-missing     rows without a figure are no failure
  --goals             five runs, and what must hold beside what was measured
  --write             writes docs/benchmarks.md and its plots; with --goals what must hold there
`;

/** @throws Error that says which argument is wrong. */
export function readArguments(words: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string' },
      contenders: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
      'allow-missing': { type: 'boolean' },
      write: { type: 'boolean' },
      goals: { type: 'boolean' },
      report: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds ?? 9);
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds ?? ''}: a whole number of at least 1 is needed`);
  return {
    only: new RegExp(values.only ?? ''),
    contenders: new RegExp(values.contenders ?? ''),
    rounds,
    json: values.json,
    allowMissing: values['allow-missing'] === true,
    write: values.write === true,
    goals: values.goals === true,
    report: values.report,
    command: commandOf(words),
  };
}

/** As one types it, without the files that rows go to: they have no part in what is measured. */
function commandOf(words: readonly string[]): string {
  const isFile = (word = ''): boolean => word === '--json' || word === '--report';
  const told = words.filter((word, at) => !isFile(word) && !isFile(words[at - 1]) && !/^--(?:json|report)=/.test(word));
  return ['npm run bench --', ...told.map((word) => (/^[\w./=-]+$/.test(word) ? word : `'${word}'`))].join(' ');
}
