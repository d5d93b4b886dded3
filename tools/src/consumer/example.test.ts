import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstExample, packageExample } from './example.ts';

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

test('a package whose README shows no program is named', () => {
  const root = mkdtempSync(join(tmpdir(), 'xcorr-example-'));
  mkdirSync(join(root, 'packages/a'), { recursive: true });
  writeFileSync(join(root, 'packages/a/README.md'), '# a\n');
  expect(() => packageExample(root, 'packages/a')).toThrow('packages/a/README.md: it shows no program in TypeScript');
  writeFileSync(join(root, 'packages/a/README.md'), '# a\n```ts\na();\n```\n');
  expect(packageExample(root, 'packages/a')).toEqual({ file: 'packages-a.ts', text: 'a();\n' });
  rmSync(root, { recursive: true });
});
