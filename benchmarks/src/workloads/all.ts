import { filters, filtersOfAnySize, oddSizes } from './filters.ts';
import { layers } from './layers.ts';
import { learning } from './learning.ts';
import type { Workload } from './workload.ts';

export const workloads: readonly Workload[] = [...filters, ...filtersOfAnySize, ...layers, ...learning, ...oddSizes];
