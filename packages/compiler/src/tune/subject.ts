import type { TypedArray } from '@xcorr/graph';
import type { Backend } from '../backend.ts';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import { lowerProgram, type Lowering } from '../lower-program.ts';
import type { Program } from '../program.ts';
import { programForSizes } from '../run/compilation.ts';
import { createMemorySpace, createStates, type MemorySpace } from '../run/memory-space.ts';
import { createSession } from '../run/session.ts';
import { seededFeeds } from './feeds.ts';

/** A program as it would run on some feeds. */
export interface Subject {
  readonly program: Program;
  readonly sizes: ReadonlyMap<string, number>;
  readonly space: MemorySpace;
  /** An array for each input, in the program's order. */
  readonly fed: readonly TypedArray[];
}

export interface SubjectOptions extends Pick<Lowering, 'passes'> {
  readonly feeds?: Readonly<Record<string, unknown>>;
  readonly sizes?: ReadonlyMap<string, number>;
  readonly specialise?: boolean;
}

/**
 * The program that runs for some feeds, or for seeded ones, and its memory.
 *
 * @throws as `compile` and its programs do.
 */
export function createSubject(spec: ProgramSpec, backend: Backend<'sync'>, { feeds, sizes = new Map(), specialise, passes = [] }: SubjectOptions): Subject {
  const checked = checkSpec(spec);
  const general = lowerProgram(checked.graph, backend.machine, { passes });
  const compilation = { spec, checked, program: general, options: specialise === undefined ? { passes } : { passes, specialise } };
  const session = createSession<MemorySpace>({
    program: general,
    checked,
    variantFor: (bound) => {
      const program = programForSizes(compilation, backend, bound);
      return { sizes: bound, program, artifact: backend.emit(program, backend.detect()), ready: createMemorySpace(program, createStates(program), bound, undefined) };
    },
  });
  const { variant, values } = session.feed(feeds ?? seededFeeds(checked, sizes));
  return { program: variant.program, sizes: variant.sizes, space: variant.ready, fed: values };
}
