import type { Backend } from '@xcorr/compiler';
import { CommandError } from '../command-error.ts';
import { layersDocument, layersSummary, type LayersDocument } from './layers-result.ts';
import { learnLayers, prepareLayers, type LearnedLayers, type PreparedLayers } from './learn-layers.ts';
import { learn, prepare, type Learned, type Prepared } from './learn.ts';
import type { Lesson } from './lesson.ts';
import type { LearnOptions } from './options.ts';
import { resultDocument, summary, type ResultDocument } from './result.ts';

/** One kernel that was learned, or two layers. */
export type AnyLearned = Learned | LearnedLayers;

/**
 * Looks at a lesson before any step, whatever it is about.
 *
 * @throws CommandError when the lesson and its options do not fit together.
 */
export function prepareAny(lesson: Lesson, options: LearnOptions & { readonly activation?: string | undefined }): Promise<Prepared | PreparedLayers> {
  if (lesson.layers !== undefined) return prepareLayers(lesson, lesson.layers, options);
  for (const name of ['activation', 'channels'] as const)
    if (options[name] !== undefined) throw new CommandError(`--${name} is for two layers, and one kernel is learned\n  leave it out, or give the second layer with --then, such as --then 3x3`);
  return prepare(lesson, options);
}

export function learnAny(prepared: Prepared | PreparedLayers, backend: Backend<'async'>, progress?: (done: number, loss: number) => void): Promise<AnyLearned> {
  return prepared.kind === 'layers' ? learnLayers(prepared, backend, progress) : learn(prepared, backend, progress);
}

export function anyDocument(learned: AnyLearned): ResultDocument | LayersDocument {
  return learned.kind === 'layers' ? layersDocument(learned) : resultDocument(learned);
}

export function anySummary(learned: AnyLearned, written: readonly string[]): string {
  return learned.kind === 'layers' ? layersSummary(learned, written) : summary(learned, written);
}
