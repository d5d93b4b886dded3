/** The letter of a map, as the chapter has it: X for the input, Y for the output; of several outputs Y1, Y2 and so on. */
export function mapName(map: number, layers: number): string {
  return map === 0 ? 'X' : layers === 1 ? 'Y' : `Y${map}`;
}

/** An element, as code writes it. */
export function elementName(name: string, row: number, column: number): string {
  return `${name}[${row}, ${column}]`;
}
