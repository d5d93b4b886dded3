/** A matrix, as plain data. */
export type Matrix = readonly (readonly number[])[];

/** Rows with commas between elements and a semicolon between rows: `1,-1;0.5,2`. */
export function writeMatrix(matrix: Matrix): string {
  return matrix.map((row) => row.join(',')).join(';');
}

/** The matrix of such a text; undefined where it is none, has ragged rows, numbers that are not finite, or more than `most` rows or columns. */
export function readMatrix(text: string, most = 64): Matrix | undefined {
  if (text.length > most * most * 26) return undefined;
  const rows = text.split(';').map((row) => row.split(',').map(readNumber));
  const columns = rows[0]?.length ?? 0;
  if (rows.length > most || columns > most) return undefined;
  const matrix: number[][] = [];
  for (const row of rows) {
    if (row.length !== columns) return undefined;
    const numbers = row.filter((each) => each !== undefined);
    if (numbers.length !== columns) return undefined;
    matrix.push(numbers);
  }
  return matrix;
}

/** A finite number written in full; undefined for anything else, such as an empty text. */
export function readNumber(text: string): number | undefined {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}
