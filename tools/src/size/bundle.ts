import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** What a module of a bundle adds to it, in bytes before gzip. */
export type Module = { readonly path: string; readonly bytes: number };

/** What a page that uses a program has to load at first, in bytes: what is imported when it is needed is left out. */
export type Bundle = {
  readonly minified: number;
  readonly gzipped: number;
  /** The largest first. */
  readonly modules: readonly Module[];
};

/**
 * Bundles a TypeScript program with all that it uses and nothing else, as pages load it. Nothing of Node is
 * there to be imported, so a package that needs Node cannot be bundled.
 *
 * @param root  the folder from which packages are resolved, as they are published
 * @throws Error when an import cannot be resolved
 */
export async function bundle(source: string, root: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    minify: true,
    outdir: 'out',
    platform: 'neutral',
    splitting: true,
    target: 'es2023',
    treeShaking: true,
    write: false,
  });
  const loaded = loadedAtFirst(metafile);
  const bytes = Buffer.concat(outputFiles.filter(({ path }) => loaded.has(relative(root, path))).map(({ contents }) => contents));
  const modules = [...loaded]
    .flatMap((path) => Object.entries(metafile.outputs[path]?.inputs ?? {}))
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes);
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length, modules };
}

/** The files that the program's own imports, and theirs, load. */
function loadedAtFirst({ outputs }: Metafile): ReadonlySet<string> {
  const loaded = new Set(Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === '<stdin>'));
  for (const path of loaded) for (const each of outputs[path]?.imports ?? []) if (each.kind === 'import-statement') loaded.add(each.path);
  return loaded;
}
