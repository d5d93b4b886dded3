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

// Not every engine has it, and no standard types it.
const captureStackTrace: unknown = Reflect.get(Error, 'captureStackTrace');

/**
 * The trace of a call, from what called `above` on where the engine can do that: a trace is ten frames deep,
 * and the user's must be among them.
 */
export function captureCallSite(above: (...values: never[]) => unknown): CallSite {
  if (typeof captureStackTrace !== 'function') return new Error('call site');
  const site: CallSite = {};
  Reflect.apply(captureStackTrace, Error, [site, above]);
  return site;
}

/** `edges.ts:12`, or undefined when no frame of the user's is known. */
export function printCallSite(site: CallSite | undefined): string | undefined {
  const location = frameLocations(site?.stack ?? '').find((each) => !isOwn(each));
  return location?.replace(/\?[^:]*(?=:\d+$)/, '').replace(/^.*[\\/]/, '');
}
