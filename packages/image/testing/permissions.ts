/** Permissions do not bind root; where root cannot act as another user (a namespace that knows no other), none can be tested. */
export function permissionsBind(): boolean {
  if (process.getuid?.() !== 0) return process.platform !== 'win32';
  try {
    process.seteuid?.(65_534);
    process.seteuid?.(0);
    return true;
  } catch {
    return false;
  }
}

/** Runs as a user whom permissions bind. */
export async function unprivileged<Result>(action: () => Promise<Result>): Promise<Result> {
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    if (root) process.seteuid?.(0);
  }
}
