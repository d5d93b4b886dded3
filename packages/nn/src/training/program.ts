import { compile, type Backend, type ProgramSpec } from '@xcorr/compiler';
import type { NdArray, Tensor } from '@xcorr/graph';

/** A compiled program, on whatever backend. */
export interface Running {
  readonly run: (feeds: Readonly<Record<string, NdArray>>) => Promise<Readonly<Record<string, NdArray>>>;
  readonly states: () => Promise<Map<string, NdArray>>;
  readonly dispose: () => Promise<void>;
}

/** Compiles for either kind of backend. */
export async function start(spec: ProgramSpec<Readonly<Record<string, Tensor>>, Readonly<Record<string, Tensor>>, Readonly<Record<string, Tensor>>>, backend: Backend<'sync'> | Backend<'async'>): Promise<Running> {
  const names = Object.keys(spec.state ?? {});
  if (backend.mode === 'sync') {
    const program = compile(spec, backend);
    return {
      run: async (feeds) => program.run(feeds),
      states: async () => new Map(names.flatMap((name) => named(name, program.state[name]))),
      dispose: async () => undefined,
    };
  }
  const program = await compile(spec, backend);
  return {
    run: async (feeds) => program.run(feeds),
    states: async () => {
      const states = new Map<string, NdArray>();
      for (const name of names) for (const [key, array] of named(name, await program.state[name])) states.set(key, array);
      return states;
    },
    dispose: async () => program.dispose(),
  };
}

function named(name: string, array: NdArray | undefined): readonly (readonly [string, NdArray])[] {
  return array === undefined ? [] : [[name, array]];
}
