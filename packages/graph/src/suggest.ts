/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * What a misspelt name may have meant, or else all the names that there are.
 *
 * @example
 * suggest('imgae', ['image'], 'inputs'); // => 'did you mean "image"?'
 */
export function suggest(name: string, known: readonly string[], what: string): string {
  const near = known.find((each) => each.toLowerCase() === name.toLowerCase() || distance(each, name) <= 2);
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`;
  return `the ${what} are ${known.map((each) => JSON.stringify(each)).join(', ') || 'none'}`;
}
