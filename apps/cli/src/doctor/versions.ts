import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { version } from '../version.ts';

/** What the command is made of, each with its version, or undefined where it is not there. */
export interface Versions {
  readonly xcorr: string;
  readonly node: string;
  readonly platform: string;
  readonly packages: Readonly<Record<string, string | undefined>>;
  /** The codec of pictures, and the library that it stands on. */
  readonly sharp: string | undefined;
  readonly libvips: string | undefined;
  /** Installed by those who want it: it is no part of the command. */
  readonly 'gpu.js': string | undefined;
}

const packages = ['@xcorr/graph', '@xcorr/compiler', '@xcorr/backend-js', '@xcorr/backend-closures', '@xcorr/backend-gpu', '@xcorr/image', '@xcorr/golden'] as const;

export async function versions(): Promise<Versions> {
  const codec = await import('sharp').then(
    ({ default: sharp }) => sharp.versions,
    () => undefined,
  );
  return {
    xcorr: version(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    sharp: codec?.sharp,
    libvips: codec?.vips,
    'gpu.js': versionOf('gpu.js'),
  };
}

function versionOf(name: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(`${name}/package.json`)), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : undefined;
  } catch {
    return undefined;
  }
}
