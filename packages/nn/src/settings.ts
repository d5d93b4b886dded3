import { suggest, ValueError } from '@xcorr/graph';

/** The names of all settings of a type: one that is forgotten here is a type error. */
export type Names<T> = Readonly<Record<keyof T, true>>;

/**
 * Settings that are misspelt would do nothing, without a word: compilers see them where they are written down as a
 * literal, and nobody in JavaScript.
 *
 * @throws ValueError when there are others than those named.
 */
export function checkNames<T extends object>(operation: string, settings: T, names: Names<T>): void {
  if (typeof settings !== 'object') throw new ValueError(`${operation}: settings are given by name, such as { ${Object.keys(names)[0] ?? ''}: ... }, and this is ${String(settings)}`);
  for (const name of Object.keys(settings)) if (!Object.hasOwn(names, name)) throw new ValueError(`${operation}: there is no setting ${JSON.stringify(name)}; ${suggest(name, Object.keys(names), 'settings')}`);
}
