import { XcorrError } from '../errors.ts';

/** A text that is no graph: the message names the line and what was expected there. */
export class ParseError extends XcorrError {
  override readonly name = 'ParseError';
}

export type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  /** `%3` */
  | { readonly kind: 'node'; readonly index: number }
  /** `#0123456789abcdef` */
  | { readonly kind: 'digest'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'end' };

const pattern = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\.)*")|%(\d+)|#([0-9a-f]{16})|([-+*/()[\]{},:=]))/y;

/** The tokens of one line. */
export function tokensOf(line: string, fail: (text: string) => never): readonly Token[] {
  const tokens: Token[] = [];
  const text = line.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) return fail(`${JSON.stringify(text.slice(at, at + 12))} is no part of a graph's text`);
    const [, number, word, string, node, digest, mark] = match;
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (string !== undefined) tokens.push({ kind: 'string', text: unquoted(string, fail) });
    else if (node !== undefined) tokens.push({ kind: 'node', index: Number(node) });
    else if (digest !== undefined) tokens.push({ kind: 'digest', text: digest });
    else tokens.push({ kind: 'mark', text: mark ?? '' });
  }
  return tokens;
}

function unquoted(text: string, fail: (text: string) => never): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
  } catch {
    // A wrong escape: told below as any other wrong string.
  }
  return fail(`the string ${text} is not read`);
}

export function printToken(token: Token): string {
  switch (token.kind) {
    case 'number':
      return String(token.value);
    case 'node':
      return `%${token.index}`;
    case 'digest':
      return `#${token.text}`;
    case 'string':
      return JSON.stringify(token.text);
    case 'end':
      return 'the end of the line';
    case 'word':
    case 'mark':
      return token.text;
  }
}
