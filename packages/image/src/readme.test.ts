import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { compileFunction } from 'node:vm';
import * as graph from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { codec, frames, noise } from '../testing/files.ts';
import { useTemporaryFolder } from '../testing/folder.ts';
import * as image from './index.ts';
import * as node from './node/index.ts';

// What the README shows is true: its programs run, those with files in a folder of their own, and give what they state,
// `expression; // => value`.

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const programs = Array.from(readme.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = '']) => code);

/** The source of a package that this one does not depend on: its programs name it, and users choose it. */
async function chosen(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ join(import.meta.dirname, '../..', name, 'src/index.ts'));
}

/** A program as the body of a function of the modules that it imports, of the process, and of what checks a stated value. */
function bodyOf(program: string): string {
  const body = program
    .replaceAll(/^import \{ (.*) \} from '(.*)';$/gm, (_, names: string, from: string) => `const { ${names} } = modules['${from}'];`)
    .replaceAll(/^(.*); \/\/ => (.*)$/gm, (_, expression: string, value: string) => `check(${expression}, ${value});`);
  return `return (async () => {\n${body}\n})()`;
}

const { folder, path } = useTemporaryFolder();

/** The files, in the folder of the test, that the programs read. */
async function writeFiles(): Promise<void> {
  await writeFile(path('photo.jpg'), await codec(noise(6, 4, 3)).jpeg().toBuffer());
  await writeFile(path('scan.tif'), await frames([0, 100, 200]).tiff().toBuffer());
}

describe('every program does what it states', () => {
  test('there are some', () => {
    expect(programs.length).toBeGreaterThan(5);
  });

  test.each(programs.map((program, index) => [index, program] as const))('program %i', async (_, program) => {
    await writeFiles();
    const modules: Readonly<Record<string, unknown>> = {
      '@xcorr/graph': graph,
      '@xcorr/compiler': await chosen('compiler'),
      '@xcorr/backend-js': await chosen('backend-js'),
      '@xcorr/image': image,
      '@xcorr/image/node': {
        ...node,
        readPicture: (name: string, options?: node.ReadOptions) => node.readPicture(path(name), options),
        writePicture: (name: string, picture: image.Picture) => node.writePicture(path(name), picture),
      },
    };
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    stdin.end(await codec(noise(6, 4, 3)).png().toBuffer());
    const stated: (readonly [unknown, unknown])[] = [];
    const check = (value: unknown, expected: unknown): void => void stated.push([value, expected]);
    const before = readdirSync(folder());
    await Reflect.apply(compileFunction(bodyOf(program), ['modules', 'process', 'check']), undefined, [modules, { stdin, stdout }, check]);
    const written = readdirSync(folder()).filter((name) => !before.includes(name));
    // A program says a value or writes a picture: one that did neither would show nothing.
    expect(stated.length + written.length).toBeGreaterThan(0);
    for (const [value, expected] of stated) expect(value).toEqual(expected);
    for (const name of written) expect(await node.readPicture(path(name))).toMatchObject({ width: 6, height: 4 });
    if (program.includes('stdout')) expect(await node.decodePicture(stdout.end())).toMatchObject({ width: 6, height: 4 });
  });
});

test('the table of borders says what stands to the left of a row', () => {
  const rows = Array.from(readme.matchAll(/^\| `(\w+|\{ constant: 9 \})` \| `(\d) (\d)` \|/gm), ([, border = '', far, near]) => ({ border, left: [Number(far), Number(near)] }));
  expect(rows.map(({ border }) => border).sort()).toEqual(['edge', 'reflect', 'symmetric', 'wrap', 'zero', '{ constant: 9 }'].sort());
  for (const { border, left } of rows) {
    const known: readonly image.Border[] = ['zero', ...graph.borderModes];
    const asked = known.find((each) => each === border) ?? { constant: 9 };
    expect(graph.evaluate(image.bordered([[1, 2, 4, 8]], asked, [0, 2], [0, 0])).toNested()).toEqual([[...left, 1, 2, 4, 8]]);
  }
});

test('every name that its tables and its text call is there', () => {
  const called = Array.from(readme.matchAll(/`(?:await )?(\w+)\(/g), ([, name = '']) => name);
  expect(called.filter((name) => !(name in image) && !(name in node) && name !== 'getImageData')).toEqual([]);
  expect(called.length).toBeGreaterThan(20);
});
