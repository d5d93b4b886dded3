/**
 * The blocks of wide and fullwidth characters of East Asian scripts, first and last code point. Emoji are not among
 * them: none is printed. Characters of ambiguous width, such as `±`, are narrow, as terminals have them unless told
 * otherwise.
 *
 * @see Unicode Standard Annex #11, "East Asian Width"
 */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], // Hangul initial consonants
  [0x2e80, 0x303e], // radicals, ideographic punctuation
  [0x3041, 0x3247], // kana, Bopomofo, Hangul letters, enclosed letters
  [0x3250, 0x4dbf], // enclosed and squared letters, ideographs of extension A
  [0x4e00, 0xa4cf], // ideographs, Yi
  [0xa960, 0xa97c], // Hangul initial consonants
  [0xac00, 0xd7a3], // Hangul syllables
  [0xf900, 0xfaff], // compatibility ideographs
  [0xfe10, 0xfe19], // vertical punctuation
  [0xfe30, 0xfe6b], // compatibility and small punctuation
  [0xff01, 0xff60], // fullwidth ASCII
  [0xffe0, 0xffe6], // fullwidth signs
  [0x20000, 0x3fffd], // the planes of ideographs
];

/** Marks that stand on the character before them, and characters that are not seen. */
const zero = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/**
 * How many columns of a terminal a text takes. It holds no control characters.
 *
 * @example
 * displayWidth('corr2d(X, K)'); // => 12
 * displayWidth('感受野'); // => 6
 */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

function characterWidth(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (zero.test(character)) return 0;
  return wide.some(([first, last]) => first <= point && point <= last) ? 2 : 1;
}

/** The text with spaces behind it, as many as make it this many columns wide. */
export function alignLeft(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** The text with spaces before it, as many as make it this many columns wide. */
export function alignRight(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - displayWidth(text))) + text;
}
