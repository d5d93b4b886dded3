import type { Installed } from './project.ts';

/** What users are promised of an installation: fewer packages than this, and fewer bytes. */
export type Limits = { readonly packages: number; readonly megabytes: number };

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

/** One line for each limit that an installation reaches. */
export function reached({ packages, bytes }: Installed, limits: Limits): readonly string[] {
  return [
    ...(packages.length < limits.packages ? [] : [`${packages.length} packages are installed; fewer than ${limits.packages} are promised`]),
    ...(bytes < limits.megabytes * 1e6 ? [] : [`${megabytes(bytes)} are installed; less than ${limits.megabytes} MB are promised`]),
  ];
}

/** An installation in one line, and what weighs most in it. */
export function printInstalled(what: string, { packages, bytes }: Installed): string {
  const [heaviest] = packages.toSorted((a, b) => b.bytes - a.bytes);
  const most = heaviest === undefined ? '' : `, ${megabytes(heaviest.bytes)} of it ${heaviest.name}`;
  return `${what}: ${packages.length} packages, ${megabytes(bytes)} installed${most}`;
}
