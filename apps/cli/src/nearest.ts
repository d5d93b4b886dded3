/**
 * The fewest letters to insert, delete, replace or exchange with their neighbour that make one word of the other.
 *
 * @see Damerau, "A Technique for Computer Detection and Correction of Spelling Errors", 1964
 * @example
 * editDistance('sobel', 'soble'); // => 1
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const changed = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(exchanged ? Math.min(changed, (beforeLast[j - 2] ?? 0) + 1) : changed);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/**
 * The name that was probably meant: the nearest one, where at most a third of its letters are wrong.
 *
 * @example
 * nearest('sobl', ['book', 'sobel']); // => 'sobel'
 * nearest('canny', ['book', 'sobel']); // => undefined
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => ({ name, distance: editDistance(word.toLowerCase(), name) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : undefined;
}
