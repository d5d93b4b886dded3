import type { Row } from '../row.ts';

/** Rows that stand in one table, and those of them that are plotted. */
export interface Group {
  readonly title: string;
  readonly note: string;
  readonly workloads: RegExp;
  readonly plot?: string;
  readonly plotted?: RegExp;
}

export const groups: readonly Group[] = [
  {
    title: 'Filters',
    note: 'A correlation without padding, taps known. `gauss15` is a Gaussian of 15 x 15, in two passes for all who can.',
    workloads: /^filter-(?!odd)/,
    plot: 'filters',
    plotted: /^filter-[^-]+-1080p$/,
  },
  {
    title: 'Layers',
    note: 'Kernel, channels, features, side of the input; the first has stride 2 and padding 3, the 3 x 3 ones padding 1, the third a batch of 8.',
    workloads: /^conv-/,
    plot: 'layers',
    plotted: /^conv-/,
  },
  {
    title: 'Training',
    note: '`learn-book` is the chapter\'s ten iterations on 6 x 8 pixels in one call, with its ten losses; the others are a step, with its loss.',
    workloads: /^learn-/,
    plot: 'training',
    plotted: /^learn-/,
  },
  { title: 'Cold start', note: 'From the start of a process to its end, with one filtered picture of 512 x 512 between.', workloads: /^cold-start/, plot: 'cold-start', plotted: /^cold-start/ },
  { title: 'Compiling', note: 'From the first node of the graph to a program that is ready to run, the compiler warm.', workloads: /^compile-/ },
];

export function rowsOf({ workloads }: Group, rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ workload }) => workloads.test(workload));
}
