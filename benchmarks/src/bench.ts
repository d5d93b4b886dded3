import { writeFileSync } from 'node:fs';
import { readArguments, usage, type BenchArguments } from './arguments.ts';
import { leastShare, oddShares } from './goals/goals.ts';
import { runGoals } from './goals/run-goals.ts';
import { printVerdicts, verdicts } from './goals/verdicts.ts';
import { installPeers } from './install.ts';
import { messageOf } from './measure.ts';
import { checkSomething, checkWritable, missingFigures } from './missing.ts';
import { writeFigures, writeSection } from './report/write.ts';
import { runAll } from './run-all.ts';

const say = (text: string): void => void process.stdout.write(text);
const bench = new URL(import.meta.url).pathname;

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}

async function figures(options: BenchArguments): Promise<void> {
  for (const file of [options.json, options.report]) checkWritable(file);
  installPeers();
  const report = await runAll(options, say);
  if (options.json !== undefined) writeFileSync(options.json, asJson(report.rows));
  if (options.report !== undefined) writeFileSync(options.report, asJson(report));
  if (options.write) writeFigures(report);
  checkSomething(report);
  const missing = missingFigures(report);
  if (missing > 0 && !options.allowMissing) {
    process.stderr.write(`${missing} rows without a figure; --allow-missing makes that no failure\n`);
    process.exitCode = 1;
  }
}

function goals({ write }: BenchArguments): void {
  const runs = runGoals(bench, say);
  const all = verdicts(runs);
  say(printVerdicts(all));
  const [first] = runs;
  for (const { workload, share } of first === undefined ? [] : oddShares(first))
    if (share !== undefined && share < leastShare) say(`${workload}: ${share.toFixed(2)} of its nearest named size, in the first run\n`);
  if (write) writeSection('goals', printVerdicts(all));
}

try {
  const options = readArguments(process.argv.slice(2));
  if (options.goals) goals(options);
  else await figures(options);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n\n${usage}`);
  process.exitCode = 2;
}
// Peers leave workers and timers behind.
process.exit();
