/** What the sources of one package, or of a family of packages, may import. */
export type Direction = {
  /** A package name; a star at the end stands for a family. */
  readonly from: string;
  readonly to: readonly string[];
  /** The same law in words, for messages. */
  readonly law: string;
  /** False where the package takes nothing from outside the repository either. */
  readonly external: boolean;
};

const cpuBackend = {
  to: ['@xcorr/graph', '@xcorr/compiler', '@xcorr/threads'],
  law: 'graph <- compiler <- backend-*; a CPU backend may also use threads',
  external: true,
};

/**
 * The arrows of the architecture: the first row whose `from` fits a package speaks for it.
 * They point one way, from what is close to the user to what is close to the maths, so
 * that every lower package can be used and tested without those above it.
 */
export const directions: readonly Direction[] = [
  { from: '@xcorr/graph', to: [], law: 'graph depends on nothing', external: false },
  { from: '@xcorr/compiler', to: ['@xcorr/graph'], law: 'graph <- compiler <- backend-*', external: true },
  { from: '@xcorr/backend-js', ...cpuBackend },
  { from: '@xcorr/backend-wasm', ...cpuBackend },
  {
    from: '@xcorr/backend-*',
    to: ['@xcorr/graph', '@xcorr/compiler'],
    law: 'graph <- compiler <- backend-*, never sideways between backends',
    external: true,
  },
  { from: '@xcorr/threads', to: [], law: 'threads depends on nothing', external: false },
  { from: '@xcorr/conformance', to: ['@xcorr/graph', '@xcorr/compiler', '@xcorr/golden'], law: 'conformance -> graph, compiler, golden', external: true },
  { from: '@xcorr/nn', to: ['@xcorr/graph', '@xcorr/compiler'], law: 'nn -> graph, compiler; the backend is passed in', external: true },
  { from: '@xcorr/image', to: ['@xcorr/graph'], law: 'image -> graph', external: true },
  { from: '@xcorr/aot', to: ['@xcorr/compiler'], law: 'aot -> compiler', external: true },
  { from: 'xcorr', to: ['*'], law: 'xcorr and apps -> anything', external: true },
];

/** The row of apps: they stand at the end of every arrow. */
export const appDirection: Direction = { from: 'apps/*', to: ['*'], law: 'xcorr and apps -> anything', external: true };

/** The row of tools: they look at the packages and use none, so that a broken package cannot break a check. */
export const toolDirection: Direction = { from: 'tools', to: [], law: 'tools depend on no package of ours', external: true };

/** Packages of the root that any test may use without declaring them. */
export const testLibraries: readonly string[] = ['vitest', 'fast-check'];

export function fits(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

export function isBackend(name: string): boolean {
  return fits('@xcorr/backend-*', name);
}
