import type { Output } from './streams.ts';

const codes = { bold: 1, dim: 2, red: 31, green: 32 } as const;

export type Style = keyof typeof codes;

/** Text as the output shows it in a style. */
export type Paint = (style: Style, text: string) => string;

/**
 * Colour where a terminal shows it, and nowhere else.
 *
 * @see https://no-color.org: NO_COLOR, set to anything but the empty text, turns colour off
 */
export function paintFor(output: Output, env: Readonly<Record<string, string | undefined>>): Paint {
  const coloured = output.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return (style, text) => (coloured ? `\u001B[${codes[style]}m${text}\u001B[0m` : text);
}
