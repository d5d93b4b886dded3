/** Millions, with one decimal; numbers have a decimal point in every language, as in the book. */
export function millions(count: number): string {
  return (count / 1e6).toFixed(1);
}

export function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(bytes % 2 ** 20 === 0 ? 0 : 1);
}
