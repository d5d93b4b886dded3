import { describe, expect, test } from 'vitest';
import { recorded } from '../testing/recorded.ts';
import { parseBackend } from './backend-option.ts';
import { backendNames } from './names.ts';

test.each(backendNames)('%s is a backend of that name', (name) => {
  expect(parseBackend(name)).toBe(name);
});

const allowed = `Allowed are ${backendNames.join(', ')}.`;

describe('what is no backend is refused, and what was probably meant is said', () => {
  test.each([
    ['gup', `Did you mean gpu? ${allowed}`],
    ['closure', `Did you mean closures? ${allowed}`],
    ['gpu:webg2', `Did you mean gpu:webgl2? ${allowed}`],
    ['webgpu', `Did you mean gpu:webgpu? ${allowed}`],
    ['cpu', `Did you mean gpu:cpu? ${allowed}`],
    ['opencl', allowed],
    ['', allowed],
    ['toString', allowed],
  ])('%j', (text, message) => {
    expect(() => parseBackend(text)).toThrow(message);
  });
});

test.each(['book', 'edges a.png -o b.png', 'filter a.png -o b.png -k book', 'learn --input a --target b --kernel 1x1', 'inspect book', 'demo', 'report -o out'])('xcorr %s takes a backend, and says so', async (line) => {
  const words = line.split(' ');
  const { status, stderr } = await recorded([...words, '--backend', 'gup']);
  expect([status, stderr]).toEqual([2, `xcorr: option '--backend <name>' argument 'gup' is invalid. Did you mean gpu? ${allowed}\n(xcorr ${words[0] ?? ''} --help says more)\n`]);
  const { stdout } = await recorded([words[0] ?? '', '--help']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`${backendNames.join(', ')} (default: "js")`);
});
