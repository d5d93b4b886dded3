import { parseObject } from '../../json.ts';
import type { Tree } from '../tree.ts';
import { copied, model, modelFolder, readModel } from './model.ts';
import { checkName, type Name } from './name.ts';

/** A text of the model as it stands in another backend. */
function renamed(text: string, { name, identifier }: Name): string {
  return text
    .replaceAll(`backend-${model}`, `backend-${name}`)
    .replaceAll(`'${model}'`, `'${name}'`)
    .replaceAll(new RegExp(`\\b${model}\\b`, 'g'), identifier);
}

/** The model's package.json for another package, before its first release. */
function manifestOf(text: string, name: Name): string {
  const manifest = parseObject(renamed(text, name), `${modelFolder}/package.json`);
  const own = { version: '0.0.0', description: `Runs xcorr programs on ${name.name}.`, keywords: ['xcorr', name.name] };
  return `${JSON.stringify({ ...manifest, ...own }, null, 2)}\n`;
}

const readme = ({ name }: Name): string => `# @xcorr/backend-${name}

Runs xcorr programs on ${name}.
`;

/** tsconfig.json of the root with one reference more, behind the model's. */
function withReference(text: string, { folder }: Name): string {
  const reference = (path: string): string => `{ "path": "${path}/tsconfig.build.json" }`;
  if (!text.includes(reference(modelFolder)))
    throw new Error(`backend: tsconfig.json has no reference ${reference(modelFolder)}\n  the new package is named behind it: write it as above`);
  return text.replace(reference(modelFolder), `${reference(modelFolder)},\n    ${reference(folder)}`);
}

/**
 * Lays out the package of a new backend, which builds, runs programs and is judged as it is: it begins as a copy of
 * the model, whose tables are then written anew for what the backend is for.
 *
 * @param options  as Nx gives them: a name
 * @returns what Nx calls when the files are on the disk; it says what comes next
 * @throws Error when the name is none or taken; then nothing is written.
 */
export function backend(tree: Tree, options: { readonly name?: unknown }): () => void {
  const name = checkName(tree, options.name);
  const root = tree.read('tsconfig.json', 'utf-8') ?? '';
  tree.write('tsconfig.json', withReference(root, name));
  tree.write(`${name.folder}/package.json`, manifestOf(readModel(tree, 'package.json'), name));
  tree.write(`${name.folder}/README.md`, readme(name));
  for (const file of copied) tree.write(`${name.folder}/${file}`, renamed(readModel(tree, file), name));
  return () => {
    process.stdout.write(`
Next:
  npm install                             links the package and writes it into package-lock.json
  npx tsc -b ${name.folder}
  XCORR_WRITE=1 npx vitest run ${name.folder}
                                          judges it, and writes what was found onto docs/conformance.md
It runs programs as it is, as nested functions. docs/adding-a-backend.md says what to write anew, in order.
`);
  };
}
