import { labelOf, printDuration, type Row } from '../row.ts';

/** A row as a line of the terminal. */
export function printRow(row: Row): string {
  const { workload, milliseconds, low, high, maxError, reason = '' } = row;
  const name = `  ${(workload.startsWith('compile-') ? workload.slice('compile-'.length) : labelOf(row)).padEnd(30)}`;
  if (milliseconds === null || low === null || high === null) return `${name} -           ${reason}`;
  const spread = `${printDuration(low)} to ${printDuration(high)}`;
  const error = maxError === null ? '' : `error ${maxError.toExponential(1)}`;
  return `${name} ${printDuration(milliseconds).padEnd(11)} ${spread.padEnd(24)} ${error} ${reason}`.trimEnd();
}
