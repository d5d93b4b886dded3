import { basename, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** What a module of a bundle adds to it, in bytes before gzip. */
export type Module = { readonly path: string; readonly bytes: number };

/** Bytes that are loaded together. */
export type Size = { readonly minified: number; readonly gzipped: number };

/** What a page loads when a program first needs it, beside what is there by then. */
export type OnDemand = Size & { readonly name: string };

/** What a page that uses a program has to load at first, in bytes: what is imported when it is needed is counted apart. */
export type Bundle = Size & {
  readonly onDemand: readonly OnDemand[];
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
  const { outputs } = metafile;
  const sizeOf = (chunks: ReadonlySet<string>): Size => {
    const bytes = Buffer.concat(outputFiles.filter(({ path }) => chunks.has(relative(root, path))).map(({ contents }) => contents));
    return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
  };
  const loaded = loadedWith(metafile, Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === '<stdin>'));
  const wanted = new Set([...loaded].flatMap((path) => importsOf(metafile, path, 'dynamic-import')).filter((path) => !loaded.has(path)));
  const onDemand = [...wanted].map((path) => ({ name: nameOf(outputs[path]?.entryPoint ?? path), ...sizeOf(new Set([...loadedWith(metafile, [path])].filter((each) => !loaded.has(each)))) }));
  const modules = [...loaded]
    .flatMap((path) => Object.entries(outputs[path]?.inputs ?? {}))
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .sort((a, b) => b.bytes - a.bytes);
  return { ...sizeOf(loaded), onDemand, modules };
}

function importsOf({ outputs }: Metafile, path: string, kind: 'import-statement' | 'dynamic-import'): readonly string[] {
  return (outputs[path]?.imports ?? []).flatMap((each) => (each.kind === kind && each.external !== true ? [each.path] : []));
}

/** Some files, and those that their own imports, and theirs, load. */
function loadedWith(metafile: Metafile, files: readonly string[]): ReadonlySet<string> {
  const loaded = new Set(files);
  for (const path of loaded) for (const each of importsOf(metafile, path, 'import-statement')) loaded.add(each);
  return loaded;
}

/** A file's name, without what a bundler made it unique by. */
function nameOf(path: string): string {
  return basename(path).replace(/(?:-[A-Z0-9]{8})?\.[jt]s$/, '');
}
