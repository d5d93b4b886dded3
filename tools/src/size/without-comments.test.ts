import { expect, test } from 'vitest';
import { withoutComments } from './without-comments.ts';

test('comments go, licences and marks of pure calls stay, and so does what is run', () => {
  const source = '/** What it is. */\nexport const a = /* @__PURE__ */ make(1); // why\n/*! licence */\nexport const text = "/* not a comment */";\n';
  expect(withoutComments(source)).toBe('export const a = /* @__PURE__ */ make(1);\n/*! licence */\nexport const text = "/* not a comment */";\n');
});

test('imports keep their attributes', () => {
  const source = 'import book from "./book.json" with { type: "json" };\nexport { book };\n';
  expect(withoutComments(source)).toBe(source);
});

test('twice is once', () => {
  const once = withoutComments('// a\nexport function f(x) {\n    return x ?? 1;\n}\n');
  expect(withoutComments(once)).toBe(once);
});
