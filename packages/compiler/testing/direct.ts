import type { TypedArray } from '@xcorr/graph';
import type { Artifact, Backend, HostProgram } from '../src/backend.ts';
import type { LoopNest } from '../src/nest.ts';
import { printProgram } from '../src/print/print-program.ts';
import { constantsOf, type Program } from '../src/program.ts';
import { applySchedule } from '../src/schedule/apply.ts';
import type { Schedule } from '../src/schedule/schedule.ts';
import { deviceOfHost } from '../src/run/device-of-host.ts';
import { runNest, type Order } from './run-nest.ts';

/** How a nest reaches the oracle. */
export interface DirectOptions {
  /** Its own schedule, another one, or the nest as it was made. Default: its own. */
  readonly schedule?: 'own' | 'none' | ((nest: LoopNest) => Schedule);
  /** Default: forwards. */
  readonly order?: Order;
}

function run({ buffers, sizes }: Program, nests: readonly LoopNest[], order: Order | undefined, arrays: readonly TypedArray[], values: readonly number[]): void {
  const memory = {
    arrays: new Map(buffers.flatMap(({ id }, position) => (arrays[position] === undefined ? [] : [[id, arrays[position]] as const]))),
    sizes: new Map(sizes.map((name, position) => [name, values[position] ?? Number.NaN])),
  };
  for (const nest of nests) runNest(nest, memory, order);
}

function loaded({ program }: Artifact, { schedule = 'own', order }: DirectOptions): HostProgram {
  const constants = constantsOf(program);
  const nests = program.nests.map(({ nest, schedule: own }) => {
    if (schedule === 'none') return nest;
    return applySchedule(nest, schedule === 'own' ? own : schedule(nest), constants);
  });
  return { ranOn: 'direct', run: (arrays, sizes) => run(program, nests, order, arrays, sizes) };
}

const shared = {
  name: 'direct',
  machine: { registers: 16, lanes: 1, literalSizes: false },
  detect: () => undefined,
  emit: (program: Program): Artifact => ({ program, code: printProgram(program, 'schedule') }),
} as const;

/** Runs loop nests statement by statement: a backend that emits nothing, so that the compiler is tested by itself. */
export function direct(options: DirectOptions = {}): Backend<'sync'> {
  return { ...shared, mode: 'sync', load: (artifact) => loaded(artifact, options) };
}

/** The same, each run after a pause. */
export function directLater(pause: () => Promise<void>): Backend<'async'> {
  return {
    ...shared,
    mode: 'async',
    detect: () => Promise.resolve(undefined),
    load: async (artifact) => {
      await pause();
      const program = loaded(artifact, {});
      return deviceOfHost(artifact.program, 'direct', async (arrays, sizes) => {
        await pause();
        program.run(arrays, sizes);
      });
    },
  };
}
