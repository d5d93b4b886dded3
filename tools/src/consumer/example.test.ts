import { expect, test } from 'vitest';
import { firstExample } from './example.ts';

test('the first TypeScript block is taken, whatever stands before it', () => {
  const markdown = ['# xcorr', '```bash', 'npm install', '```', '```ts', "import 'a';", 'a();', '```', '```ts', 'b();', '```'].join('\n');
  expect(firstExample(markdown)).toBe("import 'a';\na();\n");
});

test('by either name of the language, with anything behind it, and with any line ends', () => {
  expect(firstExample('```typescript twoslash\r\na();\r\n```\r\n')).toBe('a();\n');
});

test('a text without one has none', () => {
  expect(firstExample('```tsx\na();\n```\n\n    ```ts\n')).toBeUndefined();
  expect(firstExample('```ts\nnever closed')).toBeUndefined();
});
