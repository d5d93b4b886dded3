import { median } from '../statistics.ts';
import { goals, type Figures, type Goal } from './goals.ts';

export interface Verdict {
  readonly goal: Goal;
  /** The median over the runs; null where a run has no figure. */
  readonly measured: number | null;
  readonly runs: readonly number[];
  readonly isMet: boolean;
}

/** Each goal by the median of separate runs. */
export function verdicts(runs: readonly Figures[], among: readonly Goal[] = goals): readonly Verdict[] {
  return among.map((goal) => {
    const measured = runs.flatMap((figures) => goal.measure(figures) ?? []);
    if (runs.length === 0 || measured.length < runs.length) return { goal, measured: null, runs: measured, isMet: false };
    const middle = median(measured);
    return { goal, measured: middle, runs: measured, isMet: goal.bound === 'at most' ? middle <= goal.bar : middle >= goal.bar };
  });
}

export function printVerdicts(all: readonly Verdict[]): string {
  const lines = all.map(({ goal, measured, runs, isMet }) => {
    const spread = runs.length === 0 ? '' : `${Math.min(...runs).toFixed(2)} to ${Math.max(...runs).toFixed(2)}`;
    const bar = `${goal.bound} ${goal.bar}${goal.unit === 'ms' ? ' ms' : ''}`;
    return `| ${goal.name} | ${measured?.toFixed(2) ?? 'no figure'} | ${spread} | ${bar} | ${isMet ? 'met' : '**missed**'} |\n`;
  });
  return `| | measured | runs | bar | |\n|---|---|---|---|---|\n${lines.join('')}`;
}
