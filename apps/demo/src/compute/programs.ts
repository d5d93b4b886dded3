import { compile, type AsyncExecutable, type ProgramSpec } from '@xcorr/compiler';
import type { NdArray, Tensor } from '@xcorr/graph';
import type { Place } from './choose-place.ts';

/** A program over one input X. */
export type Program = {
  readonly ranOn: () => string;
  /** Whether a program for an array of height H and width W is ready; where any size has one program, it always is. */
  readonly isReady: (H: number, W: number) => boolean;
  readonly run: (X: NdArray) => Promise<Readonly<Record<string, NdArray>>>;
};

export type Compiled = { readonly program: Program; /** Undefined where it was compiled before. */ readonly milliseconds: number | undefined };

type Kept = { readonly program: Program; readonly dispose: () => Promise<void> };

/** Programs are compiled once and kept, the last few: whoever goes back to a kernel finds its program. */
export type Programs = { readonly find: (key: string, place: Place, spec: () => ProgramSpec<{ readonly X: Tensor }>) => Promise<Compiled> };

export function keepPrograms(most: number): Programs {
  const kept = new Map<string, Kept>();
  const find: Programs['find'] = async (key, place, spec) => {
    const name = `${place.backend.name} ${place.kind} ${key}`;
    const known = kept.get(name);
    if (known !== undefined) {
      // The newest stand last.
      kept.delete(name);
      kept.set(name, known);
      return { program: known.program, milliseconds: undefined };
    }
    const start = performance.now();
    const executable = await compile(spec(), place.backend);
    const milliseconds = performance.now() - start;
    const program = programOf(executable, place.backend.machine.literalSizes);
    kept.set(name, { program, dispose: executable.dispose });
    for (const [oldest, { dispose }] of kept) {
      if (kept.size <= most) break;
      kept.delete(oldest);
      await dispose();
    }
    return { program, milliseconds };
  };
  return { find };
}

function programOf(executable: AsyncExecutable<{ readonly X: Tensor }, Record<never, never>, Record<string, never>>, literalSizes: boolean): Program {
  return {
    ranOn: () => executable.ranOn,
    isReady: (H, W) => !literalSizes || executable.variants().some(({ sizes }) => sizes.get('H') === H && sizes.get('W') === W),
    run: (X) => executable.run({ X }),
  };
}

export type TimedRun = { readonly results: Readonly<Record<string, NdArray>>; readonly milliseconds: number; /** What making a program for this size took. */ readonly compile: number };

/** Runs once, and tells what is the run's time: where a program is made for a size, a second run says so. */
export async function timedRun(program: Program, X: NdArray): Promise<TimedRun> {
  const [H = 1, W = 1] = X.shape;
  const isReady = program.isReady(H, W);
  const start = performance.now();
  const results = await program.run(X);
  const first = performance.now() - start;
  if (isReady) return { results, milliseconds: first, compile: 0 };
  await program.run(X);
  const milliseconds = performance.now() - start - first;
  return { results, milliseconds, compile: Math.max(0, first - milliseconds) };
}
