// The part of JavaScript that kernels are written in, as a tree.

export type Node =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  /** `this.thread.x` */
  | { readonly kind: 'thread'; readonly axis: string }
  | { readonly kind: 'element'; readonly array: string; readonly index: Node }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Node[] }
  | { readonly kind: 'minus'; readonly operand: Node }
  | { readonly kind: 'operator'; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'choice'; readonly condition: Node; readonly whenTrue: Node; readonly whenFalse: Node };

export type Line =
  | { readonly kind: 'declare'; readonly name: string; readonly value: Node }
  | { readonly kind: 'assign'; readonly name: string; readonly operator: string; readonly value: Node }
  | { readonly kind: 'if'; readonly condition: Node; readonly body: readonly Line[]; readonly otherwise: readonly Line[] }
  | { readonly kind: 'for'; readonly variable: string; readonly end: Node; readonly body: readonly Line[] }
  | { readonly kind: 'return'; readonly value: Node };

export interface ParsedFunction {
  readonly parameters: readonly string[];
  readonly body: readonly Line[];
}

const token = /\s*(\d[\d.]*(?:e[+-]?\d+)?|[A-Za-z_]\w*(?:\.\w+)*|===|<=|>=|&&|\+=|\+\+|[-+*/<>()[\]{},;?:=])/gy;

/** How tightly operators bind. */
const strengths: ReadonlyMap<string, number> = new Map([['&&', 1], ['===', 2], ['<', 3], ['<=', 3], ['>', 3], ['>=', 3], ['+', 4], ['-', 4], ['*', 5], ['/', 5]]);

/** A function's source as a tree; what kernels are not written in is an error. */
export function parseFunction(source: string): ParsedFunction {
  const tokens = [...source.matchAll(token)].map(([, text = '']) => text);
  if (tokens.join('') !== source.replaceAll(/\s/g, '')) throw new TypeError(`what is no part of kernels stands in\n${source}`);
  let at = 0;
  const next = (): string => tokens[at] ?? '';
  const take = (): string => tokens[at++] ?? '';
  const expect = (text: string): void => {
    const found = take();
    if (found !== text) throw new TypeError(`${JSON.stringify(found)} stands in the place of ${JSON.stringify(text)} in\n${source}`);
  };
  const skip = (text: string): boolean => {
    if (next() !== text) return false;
    at++;
    return true;
  };
  const list = <Item>(end: string, item: () => Item): readonly Item[] => {
    const items: Item[] = [];
    while (!skip(end)) {
      items.push(item());
      if (next() !== end) expect(',');
    }
    return items;
  };

  const primary = (): Node => {
    const text = take();
    if (text === '(') {
      const inner = expression();
      expect(')');
      return inner;
    }
    if (text === '-') return { kind: 'minus', operand: primary() };
    if (/^\d/.test(text)) return { kind: 'number', text };
    if (text.startsWith('this.thread.')) return { kind: 'thread', axis: text.slice('this.thread.'.length) };
    if (!/^[A-Za-z_]/.test(text)) throw new TypeError(`${JSON.stringify(text)} is no operand in\n${source}`);
    if (skip('(')) return { kind: 'call', name: text, operands: list(')', expression) };
    if (!skip('[')) return { kind: 'name', name: text };
    const index = expression();
    expect(']');
    return { kind: 'element', array: text, index };
  };
  const binary = (weakest: number): Node => {
    let left = primary();
    for (let strength = strengths.get(next()) ?? 0; strength > weakest; strength = strengths.get(next()) ?? 0) left = { kind: 'operator', operator: take(), left, right: binary(strength) };
    return left;
  };
  const expression = (): Node => {
    const condition = binary(0);
    if (!skip('?')) return condition;
    const whenTrue = expression();
    expect(':');
    return { kind: 'choice', condition, whenTrue, whenFalse: expression() };
  };

  const block = (): readonly Line[] => {
    expect('{');
    const lines: Line[] = [];
    while (!skip('}')) lines.push(line());
    return lines;
  };
  const line = (): Line => {
    const first = take();
    if (first === 'if') {
      expect('(');
      const condition = expression();
      expect(')');
      const body = block();
      return { kind: 'if', condition, body, otherwise: skip('else') ? block() : [] };
    }
    if (first === 'for') {
      // for (let i = 0; i < n; i++)
      ['(', 'let'].forEach(expect);
      const variable = take();
      ['=', '0', ';', variable, '<'].forEach(expect);
      const end = binary(3);
      [';', variable, '++', ')'].forEach(expect);
      return { kind: 'for', variable, end, body: block() };
    }
    const ended = <Item>(item: Item): Item => {
      expect(';');
      return item;
    };
    if (first === 'return') return ended({ kind: 'return', value: expression() });
    if (first === 'const' || first === 'let') {
      const name = take();
      expect('=');
      return ended({ kind: 'declare', name, value: expression() });
    }
    const operator = take();
    if (operator !== '=' && operator !== '+=') throw new TypeError(`${JSON.stringify(operator)} assigns nothing in\n${source}`);
    return ended({ kind: 'assign', name: first, operator, value: expression() });
  };

  expect('function');
  if (next() !== '(') take();
  expect('(');
  const parameters = list(')', take);
  return { parameters, body: block() };
}
