import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { messageOf } from '../measure.ts';
import { smallestUses, type SmallestUse } from './smallest-uses.ts';

export const shippedBytes = 'bytes-shipped';

export interface BytesRow {
  readonly contender: string;
  /** Minified, with what is loaded besides; null where nothing can be shipped. */
  readonly bytes: number | null;
  /** The same after gzip -9. */
  readonly gzip: number | null;
  readonly reason?: string;
}

/** What a page loads to filter one picture. */
export async function shipped(contenders: RegExp): Promise<readonly BytesRow[]> {
  const rows: BytesRow[] = [];
  for (const use of smallestUses) if (use.inOneFile !== true && contenders.test(use.contender)) rows.push(await shippedOf(use));
  return rows;
}

/** A program that stands beside these modules, minified for a page. */
export async function bundled(source: string): Promise<readonly Uint8Array[]> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
    // Libraries that also run in Node ask for its modules where they do; a page never loads these.
    external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
  });
  return outputFiles.map(({ contents }) => contents);
}

async function shippedOf({ contender, source, loads, notForPages }: SmallestUse): Promise<BytesRow> {
  if (notForPages !== undefined) return { contender, bytes: null, gzip: null, reason: notForPages };
  try {
    const files = [...(await bundled(source)), ...loads.map((path) => readFileSync(join(import.meta.dirname, '../../node_modules', path)))];
    const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);
    return { contender, bytes: total(files.map(({ length }) => length)), gzip: total(files.map((file) => gzipSync(file, { level: 9 }).length)) };
  } catch (error) {
    // The first line alone counts errors.
    return { contender, bytes: null, gzip: null, reason: error instanceof Error ? messageOf(error.message.replace(/:\n/, ': ')) : messageOf(error) };
  }
}
