/** What the reader chose, kept by the browser; where it may keep nothing, nothing is remembered. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`xcorr:${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`xcorr:${name}`, value);
  } catch {
    // A page that may keep nothing, or has no room: the choice holds until it is closed.
  }
}
