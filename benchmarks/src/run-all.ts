import type { BenchArguments } from './arguments.ts';
import { contenders } from './contenders/all.ts';
import type { Contender } from './contenders/contender.ts';
import { measure, messageOf, type Entrant } from './measure.ts';
import { thisMachine } from './report/machine.ts';
import { printRow } from './report/print.ts';
import type { Report } from './report/report.ts';
import { labelOf, type Row } from './row.ts';
import { doubtOf, secondCore } from './second-core.ts';
import { compileTimes } from './whole/compile-times.ts';
import { coldStart, coldStarts, peakMemories, peakMemory } from './whole/processes.ts';
import { shipped, shippedBytes } from './whole/shipped-bytes.ts';
import { workloads } from './workloads/all.ts';
import type { Workload } from './workloads/workload.ts';

type Chosen = Pick<BenchArguments, 'only' | 'contenders' | 'rounds' | 'command'>;

async function opened(contender: Contender): Promise<Entrant> {
  try {
    return { contender, opened: await contender.open() };
  } catch (error) {
    return { contender, opened: { cannot: messageOf(error) } };
  }
}

const isAmong = (workload: Workload, { name, isFor }: Contender): boolean => (workload.contenders?.includes(name) ?? true) && (isFor?.(workload) ?? true);

/** Workloads whose compilation is timed: one of each shape. */
const isCompiled = ({ name }: Workload): boolean => !/^filter-odd|-512$|-4k$|ten-calls/.test(name);

/** Measures all that is chosen, and says each row as it comes. */
export async function runAll({ only, contenders: names, rounds, command }: Chosen, say: (text: string) => void): Promise<Report> {
  const chosen = workloads.filter(({ name }) => only.test(name));
  const rows: Row[] = [];
  const add = (title: string, found: readonly Row[]): void => {
    rows.push(...found);
    if (found.length > 0) say(`${title}\n${found.map((row) => `${printRow(row)}\n`).join('')}`);
  };
  // Processes first: nothing else is loaded then, and no peer's process runs beside them.
  if (only.test(coldStart)) add(coldStart, coldStarts(names, rounds));
  const memory = only.test(peakMemory) ? peakMemories(names, Math.min(rounds, 3)) : [];
  for (const { contender, megabytes, ofPictures, reason } of memory)
    say(`${peakMemory} ${contender.padEnd(22)} ${megabytes?.toFixed(1) ?? '-'} MB, ${ofPictures?.toFixed(2) ?? '-'} of the pictures ${reason ?? ''}\n`);
  const bytes = only.test(shippedBytes) ? await shipped(names) : [];
  for (const { contender, bytes: minified, gzip, reason } of bytes) say(`${shippedBytes} ${contender.padEnd(22)} ${minified ?? '-'} bytes, gzip ${gzip ?? '-'} ${reason ?? ''}\n`);
  if (names.test('xcorr/js')) add('compile', compileTimes(workloads.filter((workload) => isCompiled(workload) && only.test(`compile-${workload.name}`)), rounds));

  const entrants: Entrant[] = [];
  for (const contender of contenders)
    if (names.test(labelOf({ contender: contender.name, threads: contender.threads })) && chosen.some((workload) => isAmong(workload, contender))) entrants.push(await opened(contender));
  for (const workload of chosen) {
    const among = entrants.filter(({ contender }) => isAmong(workload, contender));
    const ratio = among.some(({ contender }) => contender.threads > 1) ? await secondCore() : undefined;
    add(workload.name, (await measure(workload, among, { rounds, sample: 20 })).map((row) => doubted(row, ratio)));
  }
  for (const { opened } of entrants) if ('prepare' in opened) await opened.close?.();
  const versions = entrants.map(({ contender, opened }) => [contender.name, 'version' in opened ? opened.version : '-'] as const);
  return { command, machine: thisMachine(), versions: Object.fromEntries(versions), rounds, rows, memory, bytes };
}

function doubted(row: Row, ratio: number | undefined): Row {
  const doubt = row.milliseconds === null ? undefined : doubtOf(row.threads, ratio);
  return doubt === undefined ? row : { ...row, reason: row.reason === undefined ? doubt : `${row.reason}; ${doubt}` };
}
