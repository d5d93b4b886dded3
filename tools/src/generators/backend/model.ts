import type { Tree } from '../tree.ts';

/**
 * The backend whose files are laid out anew. There are no templates: what is copied is built, linted and judged with
 * every change, so it cannot go out of date.
 */
export const model = 'closures';

export const modelFolder: string = `packages/backend-${model}`;

/** The model's files that a new backend starts with. */
export const copied: readonly string[] = [
  'LICENSE',
  'tsconfig.json',
  'tsconfig.build.json',
  'tsconfig.test.json',
  'src/index.ts',
  'src/load.ts',
  'src/emit/target.ts',
  'src/emit/scalars.ts',
  'src/emit/integers.ts',
  'src/emit/expressions.ts',
  'src/emit/statements.ts',
  'src/emit/emit-program.ts',
  'src/chapter.test.ts',
  'src/conformance.test.ts',
];

/** The model's files that are written anew for each backend. */
export const written: readonly string[] = ['package.json', 'README.md'];

/** The model's files that a new backend does not get, with the reason. */
export const left: Readonly<Record<string, string>> = {
  'src/no-code.test.ts': 'a promise of the model alone',
  'src/emit/scalars.test.ts': 'functions to the bit, as JavaScript has them',
  'src/emit/integers.test.ts': 'calls the functions that the model makes of integers',
  'src/emit/emit-program.test.ts': 'calls the functions that the model makes of programs',
  'testing/seeded.ts': 'what is left uses it',
};

/** A file of the model. */
export function readModel(tree: Tree, file: string): string {
  const text = tree.read(`${modelFolder}/${file}`, 'utf-8');
  if (text === null) throw new Error(`backend: ${modelFolder}/${file} is not there\n  new backends start with it: restore it, or leave it out of tools/src/generators/backend/model.ts`);
  return text;
}
