import { describe, expect, test } from 'vitest';
import { sideways, violations } from '../../testing/accessibility.ts';
import { strictPolicy } from '../../testing/circumstances.ts';
import { demoInBrowsers } from '../../testing/open-demo.ts';
import type { Target } from '../../testing/person.ts';
import { numbers } from '../../testing/numbers.ts';
import { takePicture } from '../../testing/pictures.ts';
import { quiet } from '../../testing/quiet.ts';
import { languageCodes, languageNames } from '../languages/language.ts';
import { slideWords } from '../slide/words.ts';
import { tabNames } from './tab.ts';
import { pageWords } from './words.ts';

const openDemo = demoInBrowsers();
const english = pageWords.en;
const tab = (name: string): Target => ({ role: 'tab', name });

describe.each(tabNames)('the tab %s', (name) => {
  test.each(['light', 'dark'] as const)('is accessible, fits, and is pictured, %s', async (theme) => {
    const wide = await openDemo({ hash: `#${name}`, theme, policy: strictPolicy });
    await quiet(wide);
    await takePicture(wide, `${name}-${theme}`);
    expect(await sideways(wide)).toBe(0);
    expect(await violations(wide)).toEqual([]);
    const narrow = await openDemo({ hash: `#${name}`, theme, width: 390, policy: strictPolicy });
    await quiet(narrow);
    await takePicture(narrow, `${name}-${theme}-390`);
    expect(await sideways(narrow)).toBe(0);
    expect(await violations(narrow)).toEqual([]);
  });

  test('speaks each language, from the browser or by choice, also on a phone', async () => {
    const person = await openDemo({ hash: `#${name}`, language: 'fr', width: 390 });
    const inEnglish = await quiet(person);
    for (const code of languageCodes.filter((each) => each !== 'en')) {
      const words = pageWords[code];
      await person.choose({ role: 'combobox', name: String(await person.evaluate("document.querySelector('.page-choices select').labels[0].firstChild.data")) }, languageNames[code]);
      const translated = await quiet(person);
      expect(translated).not.toBe(inEnglish);
      expect(translated).not.toContain('undefined');
      expect(await person.evaluate('[document.documentElement.lang, document.title]')).toEqual([words.tag, words.title]);
      expect(await sideways(person)).toBe(0);
      expect(await violations(person)).toEqual([]);
    }
    const asked = await openDemo({ hash: `#${name}`, language: 'pt-BR' });
    await asked.wait(pageWords.pt.tabs[name]);
  });

  test('opens with reduced motion, and where there is WebGL', async () => {
    expect(await quiet(await openDemo({ hash: `#${name}`, reducedMotion: true }))).not.toBe('');
    expect(await quiet(await openDemo({ hash: `#${name}`, graphics: true }))).not.toBe('');
  });
});

test('the first result needs less than 150 kB of scripts, compressed as they are transferred', async () => {
  const person = await openDemo({ policy: strictPolicy });
  await person.wait('= 19');
  await quiet(person);
  const [scripts = 0, bytes = 0, time = 0] = numbers(
    await person.evaluate(`(() => {
      const first = performance.getEntriesByName('xcorr:first-result')[0].startTime;
      const scripts = performance.getEntriesByType('resource').filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < first);
      const began = Math.min(...scripts.map(({ responseEnd }) => responseEnd));
      return [scripts.length, scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), first - began];
    })()`),
  );
  console.info(`first result: ${scripts} scripts, ${bytes} bytes compressed, ${Math.round(time)} ms after the first script came`);
  expect(scripts).toBeGreaterThan(0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(150_000);
});

test('tabs are one stop of the Tab key; arrows, Home and End lead from one to the next, and Back leads back', async () => {
  const person = await openDemo();
  await person.wait('= 19');
  await person.press(tab(english.tabs.slide));
  await person.key('ArrowRight');
  await person.wait(english.tabs.edges);
  const selected = async (): Promise<unknown> => person.evaluate("[document.querySelector('[aria-selected=true]').id, document.activeElement.id, location.hash.split('?')[0]]");
  expect(await selected()).toEqual(['tab-edges', 'tab-edges', '#edges']);
  await person.key('End');
  expect(await selected()).toEqual(['tab-steal', 'tab-steal', '#steal']);
  await person.key('ArrowRight');
  expect(await selected()).toEqual(['tab-slide', 'tab-slide', '#slide']);
  await quiet(person);
  await person.evaluate('history.back()');
  await quiet(person);
  expect(await person.evaluate("document.querySelector('[aria-selected=true]').id")).toBe('tab-steal');
});

describe('the URL', () => {
  test('holds the state: another page that opens it shows the same', async () => {
    const person = await openDemo();
    await person.fill({ role: 'textbox', name: 'K[1, 1]' }, '-2.5');
    await person.choose({ role: 'combobox', name: 'Padding' }, '1');
    await person.press({ role: 'gridcell', name: 'Y[3, 2] = 8' });
    const shown = await quiet(person);
    const hash = String(await person.evaluate('location.hash'));
    expect(hash).toBe('#slide?kernel=0,1;2,-2.5&padding=1&shaded=1,3,2');
    expect(await quiet(await openDemo({ hash }))).toBe(shown);
  });

  test('of the first tab as it starts is left alone', async () => {
    const person = await openDemo();
    await quiet(person);
    expect(await person.evaluate('location.hash')).toBe('');
  });

  test.each([
    { name: 'of no tab', hash: '#nowhere' },
    { name: 'with parameters out of bounds', hash: '#slide?kernel=%E0%A4%A&input=;;;&stride=0&layers=99&shaded=-1,1e9,NaN' },
    { name: 'with markup', hash: '#slide?kernel=<img src=x onerror=alert(1)>&padding=__proto__' },
    { name: 'with a huge matrix', hash: `#slide?input=${Array(2000).fill('1').join(',')}` },
    { name: 'with names of objects', hash: '#__proto__?constructor=1' },
    { name: 'with half an escape', hash: '#%' },
  ])("$name does no harm: the book's figure stands", async ({ hash }) => {
    const person = await openDemo({ hash, policy: strictPolicy });
    await person.wait('= 19');
  });

  test.each(tabNames.filter((name) => name !== 'slide'))('#%s with parameters that are wrong opens as if there were none', async (name) => {
    const keys = ['kernel', 'input', 'target', 'picture', 'seed', 'rate', 'mode', 'border', 'view', 'preset', 'size'];
    const hash = `#${name}?${keys.map((key, at) => `${key}=${['<script>', 'NaN', '-1e999', '__proto__', '%00', '1,2;3'][at % 6] ?? ''}`).join('&')}`;
    const person = await openDemo({ hash, policy: strictPolicy });
    await quiet(person);
    // The address that the page writes has nothing in it that differs from the tab's first state.
    expect(await person.evaluate('location.hash')).toBe(`#${name}`);
  });
});

test('the theme is the system\'s until the reader chooses, and the choice stays', async () => {
  const person = await openDemo({ theme: 'dark' });
  await person.wait('= 19');
  const background = async (): Promise<unknown> => person.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  const dark = await background();
  await person.choose({ role: 'combobox', name: english.theme }, english.themes.light);
  const light = await background();
  expect(light).not.toBe(dark);
  await person.choose({ role: 'combobox', name: english.language }, languageNames.zh);
  await person.open('#slide');
  await person.wait(slideWords.zh.sum);
  expect(await background()).toBe(light);
});

test('a file that is dropped beside what takes files does not replace the page; a text still comes into its field', async () => {
  const person = await openDemo();
  await person.wait('= 19');
  const refused = async (add: string): Promise<unknown> =>
    person.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(${add});
      return ['dragover', 'drop'].map((type) => !document.querySelector('h1').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })));
    })()`);
  expect(await refused("new File(['1'], 'picture.png')")).toEqual([true, true]);
  expect(await refused("'1', 'text/plain'")).toEqual([false, false]);
});

test('a tab whose script does not come says so, and the others go on', async () => {
  const person = await openDemo({ hash: '#edges', missing: /assets\/view-.*\.js/, expected: /404|dynamically imported module|ERR_ABORTED/ });
  await person.wait('This part of the page stopped');
  await person.wait(english.again);
  await person.press(tab(english.tabs.steal));
  await person.wait('This part of the page stopped');
});
