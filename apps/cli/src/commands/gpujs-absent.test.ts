import { expect, test, vi } from 'vitest';
import { photograph } from '../photograph.ts';
import { recorded } from '../testing/recorded.ts';

vi.mock('gpu.js', () => {
  throw new Error("Cannot find package 'gpu.js'");
});

const given = ['edges', photograph, '-o', 'never-written.png'];

test.each([
  ['gpu', ['book']],
  ['gpu:cpu', given],
  ['gpu:webgl2', ['inspect', 'book', '--stage', 'source']],
])('without gpu.js --backend %s says how to install it', async (backend, argv) => {
  const { status, stdout, stderr } = await recorded([...argv, '--backend', backend]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(new RegExp(`^xcorr: --backend ${backend}: gpu\\.js cannot be loaded \\(.*\\)\\n`));
  expect(stderr).toContain('npm install gpu.js');
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('as JSON too', async () => {
  const { status, stdout } = await recorded(['book', '--backend', 'gpu:webasm', '--json']);
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { name: 'CommandError', status: 2 } });
});

test('nothing else asks for it, and doctor finds nothing wrong', async () => {
  expect((await recorded(['book'])).status).toBe(0);
  const { status, stdout } = await recorded(['doctor']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/\nbackends {2}js, closures\n {2}not gpu, gpu:webgl2, gpu:webgl, gpu:headlessgl, gpu:webgpu, gpu:webasm, gpu:cpu: gpu\.js cannot be loaded/);
});
