import type { Integer } from '../integer-form.ts';
import { floorDivide, namedSize, plus, times } from '../integer.ts';
import { printToken, type Token } from './tokens.ts';

/** A value as it stands in a node's parentheses. */
export type Value =
  | { readonly kind: 'integer'; readonly value: Integer }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'node'; readonly index: number }
  | { readonly kind: 'digest'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] };

/** Lists and parentheses deeper than this are refused, before they exhaust the stack. */
const deepest = 64;

/** Reads values from the tokens of a line. */
export interface Reader {
  readonly peek: () => Token;
  readonly next: () => Token;
  /** Takes this mark or word if it comes next. */
  readonly accept: (text: string) => boolean;
  readonly expect: (text: string) => void;
  readonly value: () => Value;
}

export function createReader(tokens: readonly Token[], fail: (text: string) => never): Reader {
  let position = 0;
  let depth = 0;
  const peek = (): Token => tokens[position] ?? { kind: 'end' };
  const next = (): Token => {
    const token = peek();
    position++;
    return token;
  };
  const is = (token: Token, text: string): boolean => (token.kind === 'mark' || token.kind === 'word') && token.text === text;
  const accept = (text: string): boolean => {
    if (!is(peek(), text)) return false;
    position++;
    return true;
  };
  const expect = (text: string): void => {
    if (!accept(text)) fail(`${JSON.stringify(text)} is expected, not ${printToken(peek())}`);
  };
  const deeper = <Result>(read: () => Result): Result => {
    depth++;
    if (depth > deepest) fail('lists and parentheses are too deep');
    const result = read();
    depth--;
    return result;
  };

  const sum = (): Integer => {
    let total = product();
    for (;;) {
      if (accept('+')) total = plus(total, product());
      else if (accept('-')) total = plus(total, times(-1, product()));
      else return total;
    }
  };
  const product = (): Integer => {
    let total = factor();
    while (accept('*')) total = times(total, factor());
    return total;
  };
  const factor = (): Integer =>
    deeper(() => {
      if (accept('-')) return negated(factor());
      if (accept('(')) {
        const inner = sum();
        expect(')');
        return inner;
      }
      const token = next();
      if (token.kind === 'number') return token.value;
      if (token.kind === 'string') return namedSize(token.text);
      if (token.kind !== 'word') return fail(`a number or the name of a size is expected, not ${printToken(token)}`);
      if (token.text === 'NaN') return Number.NaN;
      if (token.text === 'Infinity') return Infinity;
      if (token.text !== 'floor') return namedSize(token.text);
      expect('(');
      const numerator = sum();
      expect('/');
      const divisor = product();
      expect(')');
      if (typeof divisor === 'number' && !(Number.isSafeInteger(divisor) && divisor > 0)) return fail(`the divisor ${divisor} is not a whole number of at least 1`);
      return floorDivide(numerator, divisor);
    });
  const negated = (value: Integer): Integer => (typeof value === 'number' ? -value : times(-1, value));

  const value = (): Value => {
    const token = peek();
    if (token.kind === 'node') {
      position++;
      return { kind: 'node', index: token.index };
    }
    if (token.kind === 'digest') {
      position++;
      return { kind: 'digest', text: token.text };
    }
    if (token.kind === 'string') {
      // A quoted name may begin a sum of sizes, or be a name by itself.
      const after = tokens[position + 1];
      if (after === undefined || !['+', '-', '*'].some((mark) => is(after, mark))) {
        position++;
        return { kind: 'string', text: token.text };
      }
    }
    if (accept('[')) return { kind: 'list', items: deeper(items) };
    return { kind: 'integer', value: sum() };
  };
  const items = (): readonly Value[] => {
    const found: Value[] = [];
    if (accept(']')) return found;
    do found.push(value());
    while (accept(','));
    expect(']');
    return found;
  };
  return { peek, next, accept, expect, value };
}
