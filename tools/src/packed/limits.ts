import type { Installed } from './project.ts';

/** What users are promised of an installation: fewer packages than this, and fewer bytes. Source maps are no part of the promise. */
export type Limits = { readonly packages: number; readonly megabytes: number };

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** One line for each limit that an installation reaches. */
export function reached({ packages, bytes, mapBytes }: Installed, limits: Limits): readonly string[] {
  const promised = bytes - mapBytes;
  return [
    ...(packages.length < limits.packages ? [] : [`${packages.length} packages are installed; fewer than ${limits.packages} are promised`]),
    ...(promised < limits.megabytes * 1e6 ? [] : [`${megabytes(promised)} are installed without source maps; less than ${limits.megabytes} MB are promised`]),
  ];
}

/** An installation in one line. */
export function printInstalled(what: string, { packages, bytes, mapBytes }: Installed): string {
  return `${what}: ${packages.length} packages, ${megabytes(bytes)} installed, ${megabytes(bytes - mapBytes)} of it without source maps`;
}
