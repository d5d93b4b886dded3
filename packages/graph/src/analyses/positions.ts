/** Positions in ascending order, each once. */
export function ascending(positions: readonly number[]): readonly number[] {
  const isAscending = positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? position));
  return isAscending ? positions : [...new Set(positions)].sort((a, b) => a - b);
}

/** 0, 1, …, count - 1. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** `0..6 by 2`, `1..3`, `0 1 4`: progressions of at least three by their ends. */
export function printPositions(positions: readonly number[]): string {
  const [first, second, third] = positions;
  const last = positions.at(-1);
  if (first === undefined || second === undefined || last === undefined) return positions.join(' ');
  const step = second - first;
  if (!positions.every((position, index) => position === first + step * index)) return runs(positions).join(' ');
  if (step === 1) return `${first}..${last}`;
  return third === undefined ? `${first} ${second}` : `${first}..${last} by ${step}`;
}

/** Neighbours as one: `0..2 5`. */
function runs(positions: readonly number[]): readonly string[] {
  const found: [number, number][] = [];
  for (const position of positions) {
    const open = found.at(-1);
    if (open?.[1] === position - 1) open[1] = position;
    else found.push([position, position]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`));
}
