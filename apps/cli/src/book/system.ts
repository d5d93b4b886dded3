import type { Edition, LearningMessages } from '../languages/messages.ts';

function isEdition(text: string, editions: Readonly<Record<Edition, string>>): text is Edition {
  return Object.hasOwn(editions, text);
}

/**
 * The system of a training run in a language. The book's numbers name a framework, and in brackets an edition, which
 * has a name in each language, or a library, which has the same in all: `PyTorch (English)`, `JAX (Flax)`.
 */
export function systemIn(system: string, { editions, system: written }: LearningMessages): string {
  const [, framework, variant] = /^(.*) \((.*)\)$/.exec(system) ?? [];
  if (framework === undefined || variant === undefined) return system;
  return written(framework, isEdition(variant, editions) ? editions[variant] : variant);
}
