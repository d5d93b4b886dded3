/** A list of numbers that a page gave. */
export function numbers(value: unknown): readonly number[] {
  if (!Array.isArray(value)) throw new TypeError(`the page gave no list of numbers: ${String(value)}`);
  return value.map(Number);
}
