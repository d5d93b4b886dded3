/** The folder of this package's own modules, as stack traces write it. */
const ownFolder = folderOf(frameLocations(new Error().stack ?? '')[0] ?? '');

function folderOf(location: string): string {
  return location.replace(/[^/\\]*$/, '');
}

/** The `file:line:column` of each frame, innermost first. */
function frameLocations(stack: string): readonly string[] {
  const locations: string[] = [];
  for (const line of stack.split('\n')) {
    const match = /(?:\(|@|at (?:async )?)((?:file:\/\/|[A-Za-z]:[\\/]|\/|https?:\/\/)[^()]*?):(\d+):\d+\)?$/.exec(line.trim());
    if (match?.[1] !== undefined && match[2] !== undefined) locations.push(`${match[1]}:${match[2]}`);
  }
  return locations;
}

function isOwn(location: string): boolean {
  if (/\.test\.[cm]?[jt]s:/.test(location)) return false;
  return (ownFolder !== '' && location.startsWith(ownFolder)) || /[\\/]node_modules[\\/]@?xcorr[\\/]/.test(location);
}

/** Where in the user's code a tensor was made. The trace is kept unread: reading it is what costs. */
export type CallSite = { readonly stack?: string | undefined };

export function captureCallSite(): CallSite {
  return new Error('call site');
}

/** `edges.ts:12`, or undefined when no frame of the user's is known. */
export function printCallSite(site: CallSite | undefined): string | undefined {
  const location = frameLocations(site?.stack ?? '').find((each) => !isOwn(each));
  return location?.replace(/\?[^:]*(?=:\d+$)/, '').replace(/^.*[\\/]/, '');
}
