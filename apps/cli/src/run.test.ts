import { expect, test } from 'vitest';
import { run } from './run.ts';
import { recorded } from './testing/recorded.ts';

test('help and version are results: they go to stdout, and the status is 0', async () => {
  const help = await recorded(['--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toContain('Usage: xcorr [options] [command]');
  const version = await recorded(['--version']);
  expect(version).toMatchObject({ status: 0, stderr: '' });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('without a command the help is what went wrong', async () => {
  const { status, stdout, stderr } = await recorded([]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: xcorr');
});

test.each([
  [['bok'], "xcorr: unknown command 'bok'\n(Did you mean book?)\n(xcorr --help says more)\n"],
  [['book', '--jsn'], "xcorr: unknown option '--jsn'\n(Did you mean --json?)\n(xcorr book --help says more)\n"],
  [['edges'], "xcorr: required option '-o, --output <file>' not specified\n(xcorr edges --help says more)\n"],
  [['edges', '-o', 'a.png'], "xcorr: missing required argument 'picture'\n(xcorr edges --help says more)\n"],
  [['edges', 'a', 'b', '-o', 'c.png'], "xcorr: too many arguments for 'edges'. Expected 1 argument but got 2.\n(xcorr edges --help says more)\n"],
  [['edges', 'a', '-o'], "xcorr: option '-o, --output <file>' argument missing\n(xcorr edges --help says more)\n"],
  [
    ['edges', 'a', '-o', 'a.png', '--show', 'bright'],
    "xcorr: option '--show <what>' argument 'bright' is invalid. Allowed choices are absolute, signed.\n(xcorr edges --help says more)\n",
  ],
  [['inspect', 'cany'], 'xcorr: cany: there is no such file, nor a program of that name\n  give book, sobel, canny, learn, two-layers, or a file that holds a graph as text\n'],
])('xcorr %j is misuse', async (argv, message) => {
  expect(await recorded(argv)).toEqual({ status: 2, stdout: '', stderr: message });
});

test('an error that no one designed has the status 3 and says how to report it', async () => {
  const said: string[] = [];
  const broken = {
    write: () => {
      throw new RangeError('no room');
    },
  };
  const status = await run(['book'], { stdout: broken, stderr: { write: (text) => said.push(text) }, env: {} });
  expect(status).toBe(3);
  expect(said.join('')).toMatch(/^xcorr: unexpected RangeError: no room\n {2}this is a fault of xcorr: please report it /);
});
