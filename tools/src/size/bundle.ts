import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** What a module of a bundle adds to it, in bytes before gzip. */
export type Module = { readonly path: string; readonly bytes: number };

/** What a page that uses a program has to load, in bytes. */
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
    platform: 'neutral',
    target: 'es2023',
    treeShaking: true,
    write: false,
  });
  const bytes = Buffer.concat(outputFiles.map(({ contents }) => contents));
  const modules = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes);
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length, modules };
}
