import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { book } from '@xcorr/golden';
import { decodePicture } from '@xcorr/image/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recorded } from '../testing/recorded.ts';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'xcorr-report-'));

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The text of the element and of all in it, entities read. */
  text: string;
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const decoded = (text: string): string => text.replaceAll(/&[#\w]+;/g, (entity) => entities[entity] ?? 'UNKNOWN ENTITY');

/** Reads a page that is well-formed as XML is: every tag is closed, in order, and every attribute stands in quotes. */
function elementsOf(page: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  let at = page.indexOf('>') + 1;
  expect(page.slice(0, at)).toBe('<!DOCTYPE html>');
  const tag = /<(\/?)([a-z][a-z\d]*)((?: [a-zA-Z][a-zA-Z\d:-]*="[^"<]*")*)(\/?)>/y;
  while (at < page.length) {
    const next = page.indexOf('<', at);
    const text = page.slice(at, next < 0 ? page.length : next);
    for (const element of open) element.text += decoded(text);
    if (next < 0) break;
    tag.lastIndex = next;
    const match = tag.exec(page);
    if (match === null) throw new Error(`no tag at ${page.slice(next, next + 80)}`);
    const [whole, closing, name = '', attributes = '', empty] = match;
    if (closing === '/') expect(open.pop()?.name).toBe(name);
    else {
      const pairs = Array.from(attributes.matchAll(/ ([a-zA-Z][a-zA-Z\d:-]*)="([^"]*)"/g), ([, key = '', value = '']) => [key, decoded(value)] as const);
      const element = { name, attributes: new Map(pairs), text: '' };
      expect(element.attributes.size, 'no attribute is given twice').toBe(pairs.length);
      elements.push(element);
      if (empty !== '/') open.push(element);
    }
    at = next + whole.length;
  }
  expect(open.map(({ name }) => name)).toEqual([]);
  return elements;
}

const named = (elements: readonly Element[], ...names: readonly string[]): readonly Element[] => elements.filter(({ name }) => names.includes(name));

describe('the page', () => {
  let folder = '';
  let said = '';
  let page = '';
  let elements: readonly Element[] = [];
  beforeAll(async () => {
    folder = temporary();
    const { status, stdout, stderr } = await recorded(['report', '-o', join(folder, 'some/where'), '--steps', '60']);
    expect([status, stderr]).toEqual([0, '']);
    said = stdout;
    page = readFileSync(join(folder, 'some/where/index.html'), 'utf8');
    elements = elementsOf(page);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('is said to be written, with the verdict and what was learned', () => {
    expect(said).toMatch(/^chapter +All \d+ results are as the book prints them\.\ninput +a part of the photograph, \[128, 160\]\n/);
    expect(said).toContain(`written   ${join(folder, 'some/where/index.html')}\n`);
    expect(readdirSync(join(folder, 'some/where'))).toEqual(['index.html']);
  });

  test('has a language, a title, headings in order, and places that its links find', () => {
    expect(named(elements, 'html')[0]?.attributes.get('lang')).toBe('en');
    expect(named(elements, 'title')[0]?.text).toBe('xcorr: what was computed and learned');
    const levels = named(elements, 'h1', 'h2', 'h3').map(({ name }) => Number(name.slice(1)));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(named(elements, 'a').map(({ attributes }) => attributes.get('href')?.slice(1))).toEqual(ids);
  });

  test('asks for nothing: no scripts, no frames, and what it shows is inside', () => {
    expect(named(elements, 'script', 'iframe', 'object', 'embed', 'video', 'audio', 'base')).toEqual([]);
    for (const { name, attributes } of elements) {
      expect([...attributes.keys()].filter((key) => key.startsWith('on'))).toEqual([]);
      expect(attributes.get('src') ?? 'data:').toMatch(/^data:/);
      if (name !== 'a') expect(attributes.get('href') ?? 'data:').toMatch(/^data:/);
      for (const key of ['srcset', 'action', 'poster', 'background']) expect(attributes.has(key)).toBe(false);
    }
    for (const { text } of named(elements, 'style')) expect(text).not.toMatch(/url\(|@import/);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  test('every picture says in words what it shows, and can be decoded', async () => {
    const pictures = named(elements, 'img');
    expect(pictures.length).toBe(7);
    for (const { attributes } of pictures) {
      expect((attributes.get('alt') ?? '').length).toBeGreaterThan(20);
      const picture = await decodePicture(new Uint8Array(Buffer.from(attributes.get('src')?.replace('data:image/png;base64,', '') ?? '', 'base64')));
      expect([picture.width, picture.height].map(String)).toEqual([attributes.get('width'), attributes.get('height')]);
    }
    for (const { attributes } of named(elements, 'svg')) expect([attributes.get('role'), (attributes.get('aria-label') ?? '').length > 20]).toEqual(['img', true]);
  });

  test('has every number of the book', () => {
    const chapter = elements.find(({ attributes }) => attributes.get('id') === 'chapter');
    for (const { system, printedLosses } of book.learnKernel.runs) {
      expect(chapter?.text).toContain(system.split(' ')[0]);
      for (const loss of printedLosses) expect(chapter?.text.split(loss).length).toBeGreaterThan(2);
    }
    expect(named(elements, 'span').filter(({ attributes }) => attributes.get('class') === 'differs')).toEqual([]);
  });

  test('has the kernel, the loss, the code of a step and the versions', () => {
    // The target kernel, the learned one, and their difference.
    expect(named(elements, 'rect').length).toBe(3 * 9);
    expect(named(elements, 'figcaption').map(({ text }) => /^The [\w ]*(?:kernel|difference|loss)/.exec(text)?.[0]).filter((title) => title !== undefined)).toEqual(['The target kernel', 'The learned kernel', 'The difference', 'The loss']);
    expect(named(elements, 'path').length).toBe(1);
    expect(named(elements, 'pre')[0]?.text).toMatch(/function nest\d+\([^]*for \(let /);
    expect(elements.find(({ attributes }) => attributes.get('id') === 'versions')?.text).toContain(process.version);
    expect(elements.find(({ attributes }) => attributes.get('id') === 'versions')?.text).toMatch(/\bran on\W*js\b/);
  });
});

describe('files and folders', () => {
  let folder = '';
  beforeEach(() => {
    folder = temporary();
    writeFileSync(join(folder, 'x.json'), JSON.stringify(book.edge.x));
    writeFileSync(join(folder, 'y.json'), JSON.stringify(book.edge.y));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const report = (...argv: readonly string[]): ReturnType<typeof recorded> => recorded(['report', '-o', join(folder, 'out'), '--kernel', '1x2', '--steps', '20', ...argv]);
  const inputs = (x: string): readonly string[] => ['--input', join(folder, x), '--target', join(folder, 'y.json')];

  const hostile = ['<img src=x onerror=alert(1)>', '"><script>alert(1)<', "&lt;' onload='", '\u202Eright to left', 'a\u0007\u001B[31m\nb'];
  test.skipIf(process.platform === 'win32').each(hostile)('the name of a file is text, whatever is in it: %j', async (name) => {
    writeFileSync(join(folder, name), JSON.stringify(book.edge.x));
    expect((await report(...inputs(name))).status).toBe(0);
    const elements = elementsOf(readFileSync(join(folder, 'out/index.html'), 'utf8'));
    expect(named(elements, 'script')).toEqual([]);
    expect(elements.filter(({ attributes }) => attributes.has('onerror') || attributes.has('onload'))).toEqual([]);
    expect(named(elements, 'bdi')[0]?.text).toBe(join(folder, name).replaceAll('\u0007', '\uFFFD').replaceAll('\u001B', '\uFFFD'));
  });

  test('a folder that is there is used again, and what it holds stays', async () => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out/index.html'), 'before');
    writeFileSync(join(folder, 'out/other'), 'stays');
    expect((await report(...inputs('x.json'))).status).toBe(0);
    expect(readFileSync(join(folder, 'out/index.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
    expect(readFileSync(join(folder, 'out/other'), 'utf8')).toBe('stays');
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['index.html', 'other']);
  });

  test('the same images give the same page', async () => {
    await report(...inputs('x.json'));
    const first = readFileSync(join(folder, 'out/index.html'), 'utf8');
    await report(...inputs('x.json'));
    expect(readFileSync(join(folder, 'out/index.html'), 'utf8')).toBe(first);
  });

  test('--json says the same for machines', async () => {
    const { stdout } = await report(...inputs('x.json'), '--json');
    const learned = await recorded(['learn', ...inputs('x.json'), '--kernel', '1x2', '--steps', '20', '--json']);
    // The kernel, the losses and the rest as `xcorr learn` says them.
    expect(JSON.parse(stdout)).toEqual({ ...JSON.parse(learned.stdout), command: 'report', agrees: true, written: join(folder, 'out/index.html') });
  });

  test('a file in the place of the folder is refused, a folder in the place of the page too', async () => {
    writeFileSync(join(folder, 'out'), 'a file');
    expect(await report(...inputs('x.json'))).toEqual({ status: 2, stdout: '', stderr: `xcorr: the folder ${join(folder, 'out')} cannot be made: there is a file of that name\n  name another one with --output\n` });
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('a file');
    rmSync(join(folder, 'out'));
    mkdirSync(join(folder, 'out/index.html'), { recursive: true });
    expect((await report(...inputs('x.json'))).stderr).toBe(`xcorr: --output ${join(folder, 'out/index.html')}: a folder; give the name of a file in it\n`);
  });

  test('one image alone, or images that do not fit, leave no page and no folder', async () => {
    expect((await report('--input', join(folder, 'x.json'))).stderr).toBe('xcorr: --kernel 1x2 is a size, and there is no --target to learn from\n  give one, or a kernel whose response is the target, such as --kernel sobel-x\n');
    expect((await report(...inputs('x.json'), '--kernel', '3x3')).status).toBe(2);
    expect((await report(...inputs('none.json'))).stderr).toBe(`xcorr: ${join(folder, 'none.json')}: there is no such file\n`);
    expect((await report(...inputs('x.json'), '--lr', '1e9')).status).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(['x.json', 'y.json']);
  });
});

describe('of two layers', () => {
  let folder = '';
  let pages: readonly (readonly Element[])[] = [];
  beforeAll(async () => {
    folder = temporary();
    const of = async (name: string, ...argv: readonly string[]): Promise<readonly Element[]> => {
      expect((await recorded(['report', '-o', join(folder, name), '--kernel', 'sobel-x', '--then', 'gaussian-3', '--steps', '10', '--channels', '3', ...argv])).status).toBe(0);
      return elementsOf(readFileSync(join(folder, name, 'index.html'), 'utf8'));
    };
    pages = [await of('one', '--whiten'), await of('two', '--activation', 'relu', '--noise', '0.02')];
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const captions = (page: readonly Element[]): readonly (string | undefined)[] => named(page, 'figcaption').map(({ text }) => /^[^:,]*/.exec(text)?.[0]);

  test('the page shows each with its target, and with nothing between them the one kernel that they are', () => {
    const [one = [], two = []] = pages;
    const layer = ["The target's", 'Channel 1', 'Channel 2', 'Channel 3'];
    expect(captions(one).slice(3, 14)).toEqual([...layer, ...layer, 'The target kernel', 'The learned kernel', 'The difference']);
    expect(named(one, 'rect').length).toBe(2 * 4 * 9 + 3 * 25);
    expect(captions(two).slice(3, 12)).toEqual([...layer, ...layer, 'The loss before each step and after the last']);
    expect(named(two, 'rect').length).toBe(2 * 4 * 9);
    for (const page of pages) expect(named(page, 'h2').map(({ text }) => text)).toContain('Two layers that were learned');
  });

  test('and what they make of the target, and of a picture that they did not learn from', async () => {
    for (const page of pages) {
      expect(captions(page).slice(-9)).toEqual(['The loss before each step and after the last', 'Input', 'Target', 'Prediction', 'Difference', 'Another picture', 'What it should become', 'What it becomes', 'The difference of the two']);
      const [input, should, becomes] = named(page, 'img').slice(-4).map(({ attributes }) => attributes.get('src'));
      expect(new Set([input, should, becomes]).size).toBe(3);
    }
    const [, two = []] = pages;
    expect(named(two, 'dd').map(({ text }) => text).filter((text) => /not learned from/.test(text))).toEqual([expect.stringMatching(/^(all but|nothing) .* without noise/)]);
    const learned = await recorded(['learn', '--kernel', 'sobel-x', '--then', 'gaussian-3', '--steps', '10', '--channels', '3', '--whiten', '--json']);
    const { stdout } = await recorded(['report', '-o', join(folder, 'one'), '--kernel', 'sobel-x', '--then', 'gaussian-3', '--steps', '10', '--channels', '3', '--whiten', '--json']);
    expect(JSON.parse(stdout)).toEqual({ ...JSON.parse(learned.stdout), command: 'report', agrees: true, written: join(folder, 'one/index.html') });
  });
});

test('the help says each default once', async () => {
  const { stdout } = await recorded(['report', '--help']);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain("--kernel <size or kernel> the kernel's size, or the kernel that makes the target (default: sobel-x; of a target 3x3) --then");
});
