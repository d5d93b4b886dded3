import { book } from '@xcorr/golden';
import { describe, expect, test } from 'vitest';
import { sideways, violations } from '../../testing/accessibility.ts';
import { strictPolicy, type Circumstances } from '../../testing/circumstances.ts';
import { demoInBrowsers } from '../../testing/open-demo.ts';
import { until, type Person, type Role, type Target } from '../../testing/person.ts';
import { takePicture } from '../../testing/pictures.ts';
import { bookStarts, frameworks, optimiserNames } from './state.ts';
import { english as words } from './words/english.ts';

const openDemo = demoInBrowsers();

const named =
  (role: Role) =>
  (name: string): Target => ({ role, name });
const button = named('button');
const list = named('combobox');
const field = named('textbox');
const table = named('table');

/** The losses and taps that the book prints of each run beside ours, marked. */
async function expectBookRuns(person: Person): Promise<void> {
  for (const [index, start] of bookStarts.entries()) {
    const run = book.learnKernel.runs[index];
    await person.press(button(words.bookRuns[start]));
    await person.wait(words.allAgree);
    const shown = await person.read(table(words.bookTable(words.bookRuns[start], run?.layout ?? '')));
    for (const [line, printed] of (run?.printedLosses ?? []).entries()) expect(shown).toContain(`${2 * line + 2} ${printed} ${printed} ✓ ${words.agrees}`);
    for (const [at, tap] of (run?.learnedKernel?.flat() ?? []).entries()) expect(shown).toMatch(new RegExp(`K\\[${at}\\] ${tap} -?[\\d.]+ ✓ ${words.agrees}`));
    expect(shown).not.toContain(words.differs);
  }
}

/** The step, the loss and the distance from the target that the tab shows. */
async function standing(person: Person): Promise<readonly number[]> {
  const shown = await person.evaluate("Array.from(document.querySelectorAll('.learn-numbers dd'), (each) => each.textContent)");
  return Array.isArray(shown) ? shown.map(Number) : [];
}

async function waitForStep(person: Person, least: number): Promise<void> {
  await until(
    () => standing(person),
    ([step = 0]) => step >= least,
    (now) => `step ${least} did not come; there is ${now.join(' ')}`,
  );
}

const places: readonly (readonly [string, Circumstances])[] = [
  ['Chromium', {}],
  ['Chromium under a strict policy', { policy: strictPolicy }],
  ['Firefox', { browser: 'firefox' }],
];

describe.each(places)('in %s', (_, circumstances) => {
  test('the five runs of the book give what is printed', async () => {
    const person = await openDemo({ ...circumstances, hash: '#learn' });
    await expectBookRuns(person);
    expect((await person.text()).includes(words.noLoops)).toBe(circumstances.policy !== undefined);
  });

  test('learning is paused at once, stepped, resumed and reset', async () => {
    const person = await openDemo({ ...circumstances, hash: '#learn?image=photograph&target=sobel-x&start=keras&rate=0.001&steps=1000000&pace=fast' });
    await person.wait(words.ready);
    expect((await standing(person))[0]).toBe(0);
    await person.press(button(words.learn));
    await waitForStep(person, 5);
    await person.press(button(words.pause));
    await person.wait(/Paused after step \d+/);
    const [paused = 0] = await standing(person);
    expect(paused).toBeLessThan(1_000_000);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    expect((await standing(person))[0]).toBe(paused);
    await person.press(button(words.step));
    await person.wait(words.paused(paused + 1));
    await person.press(button(words.resume));
    await waitForStep(person, paused + 5);
    await person.press(button(words.pause));
    await person.wait(/Paused after step \d+/);
    await person.press(button(words.reset));
    await person.wait(words.ready);
    expect((await standing(person))[0]).toBe(0);
    await person.press(button(words.step));
    await person.wait(words.paused(1));
  });

  test('a rate too large is explained, and the one that is offered converges', async () => {
    const person = await openDemo({ ...circumstances, hash: '#learn' });
    await person.press(button(words.otherPresets['too-large']));
    await person.wait(words.whyDiverged);
    const text = await person.text();
    expect(text).toContain('The largest curvature of the loss is 60.');
    expect(text).toContain('only at rates below 0.0333, and the rate was 0.05');
    expect(text).toContain('|1 − 0.05 × 60| = 2');
    await person.press(button(words.takeRate(0.0166)));
    expect(await person.text()).toContain('and the rate was 0.05');
    await person.choose(list(words.pace), words.paces.fast);
    await person.press(button(words.again));
    await person.wait(/Done: 100 steps|Settled/);
    expect((await standing(person))[2]).toBeLessThan(1e-3);
    expect(await person.text()).not.toContain(words.whyDiverged);
  });

  test('the kernel of a photograph is found', async () => {
    const person = await openDemo({ ...circumstances, hash: '#learn' });
    await person.press(button(words.otherPresets.photograph));
    await person.choose(list(words.pace), words.paces.fast);
    await person.wait(/Done: 250 steps|Settled/);
    expect((await standing(person))[2]).toBeLessThan(1e-3);
    await person.press(button(words.otherPresets.laplacians));
    await person.choose(list(words.pace), words.paces.fast);
    await person.wait(/Done: 30 steps|Settled/);
    expect((await standing(person))[2]).toBeLessThan(1e-3);
  });
});

test('a kernel is drawn, learned by every optimiser from every start, and handed on', async () => {
  const person = await openDemo({ hash: '#learn' });
  await person.choose(list(words.image), words.images.random);
  await person.choose(list(words.target), words.drawn);
  await person.choose(list(words.rows), '2');
  await person.choose(list(words.columns), '2');
  const taps = [1.5, -2, 0.25, 3];
  for (const [index, tap] of taps.entries()) await person.fill(field(words.cell(1 + Math.floor(index / 2), 1 + (index % 2))), String(tap));
  await person.choose(list(words.pace), words.paces.fast);
  await person.fill(field(words.steps), '3000');
  for (const optimiser of optimiserNames) {
    await person.choose(list(words.optimiser), words.optimisers[optimiser]);
    await person.press(button(words.bestRate));
    await person.press(button(words.learn));
    await person.wait(/Done: 3000 steps|Settled/);
    // Steps that do not grow with the gradient end about as near as their rate; decay pulls weights to 0.
    expect((await standing(person))[2]).toBeLessThan(optimiser === 'adamw' || optimiser === 'rmsprop' ? 0.1 : 1e-3);
    await person.press(button(words.reset));
    await person.wait(words.ready);
  }
  await person.choose(list(words.optimiser), words.optimisers.momentum);
  await person.press(button(words.bestRate));
  for (const start of [...frameworks.map((each) => words.frameworks[each]), ...frameworks.map((each) => words.chapterStart(words.frameworks[each]))]) {
    await person.choose(list(words.start), start);
    await person.press(button(words.anotherSeed));
    await person.press(button(words.learn));
    await person.wait(/Done: 3000 steps|Settled/);
    expect((await standing(person))[2]).toBeLessThan(1e-3);
  }
  expect(await person.text()).toContain('chapterInitialisers.keras');
  await until(
    () => person.evaluate('location.hash'),
    (hash) => typeof hash === 'string' && hash.includes('drawn=1.5,-2;0.25,3') && hash.includes('optimiser=momentum'),
    (hash) => `the address is ${String(hash)}`,
  );
  await person.press(button(words.copyMatrix));
  await person.wait(words.copied);
  await person.press({ role: 'link', name: words.openInEdges });
  await until(
    () => person.evaluate('location.hash'),
    (hash) => typeof hash === 'string' && hash.startsWith('#edges?kernel='),
    (hash) => `the address is ${String(hash)}`,
  );
});

test('another rate, seed and start compile nothing anew, and a rate changes while it learns', async () => {
  const person = await openDemo({ hash: '#learn?start=pytorch&steps=1000&pace=quick' });
  await person.wait(words.ready);
  await person.evaluate("void (window.said = [], new MutationObserver(() => said.push(document.querySelector('.learn-transport [role=status]').textContent)).observe(document.querySelector('.learn-transport'), { subtree: true, childList: true, characterData: true }))");
  await person.press(button(words.learn));
  await waitForStep(person, 3);
  await person.fill(field(words.rate), '0.01');
  await waitForStep(person, 20);
  expect(await person.text()).toContain(words.learning);
  await person.press(button(words.pause));
  await person.wait(/Paused after step \d+/);
  // Nothing is compared with the book once its rate was not kept.
  await person.choose(list(words.start), words.bookRuns['book-mxnet']);
  await person.wait(words.ready);
  expect(await person.text()).not.toContain(words.printed + ' ' + words.ours);
  await person.fill(field(words.rate), '0.03');
  await person.wait(words.bookStartNote);
  await person.choose(list(words.start), words.frameworks.keras);
  await person.fill(field(words.seed), '77');
  await person.press(button(words.learn));
  await waitForStep(person, 3);
  const said = await person.evaluate('said');
  expect(said).toContain(words.learning);
  expect(said).not.toContain(words.opening);
});

test('what is no number is said, and an image that cannot tell kernels apart', async () => {
  const person = await openDemo({ hash: '#learn' });
  await person.fill(field(words.rate), 'much');
  await person.wait(words.invalidNumber(0, undefined));
  await person.choose(list(words.target), 'sobel-x (3 × 3)');
  await person.wait(words.flat);
});

test('by keyboard alone', async () => {
  const person = await openDemo({ hash: '#learn' });
  await person.wait(words.ready);
  const tabTo = async (name: string): Promise<void> => {
    for (let count = 0; count < 80; count++) {
      const focused = await person.evaluate('document.activeElement.textContent');
      if (focused === name) return;
      await person.key('Tab');
    }
    throw new Error(`Tab did not come to ${name}`);
  };
  await tabTo(words.bookRuns['book-flax']);
  await person.key('Enter');
  await person.wait(words.allAgree);
  await tabTo(words.again);
  await person.key(' ');
  await person.wait(words.allAgree);
  await tabTo(words.reset);
  await person.key('Enter');
  await person.wait(words.ready);
  await tabTo(words.lossTable);
  await person.key('Enter');
});

test.each(['light', 'dark'] as const)('fits a phone and is accessible, learning and diverged, %s', async (theme) => {
  const person = await openDemo({ hash: '#learn', width: 390, theme, policy: strictPolicy });
  await person.press(button(words.bookRuns['book-pytorch']));
  await person.wait(words.allAgree);
  expect(await sideways(person)).toBe(0);
  expect(await violations(person)).toEqual([]);
  await takePicture(person, `learn-book-${theme}-390`);
  await person.press(button(words.otherPresets['too-large']));
  await person.wait(words.whyDiverged);
  await person.evaluate("document.querySelectorAll('.learn details').forEach((each) => { each.open = true; })");
  expect(await sideways(person)).toBe(0);
  expect(await violations(person)).toEqual([]);
  await takePicture(person, `learn-diverged-${theme}-390`);
  const wide = await openDemo({ hash: '#learn?target=drawn&image=photograph&start=flax&optimiser=nesterov&rate=0.3&steps=200&pace=fast', theme });
  await wide.press(button(words.learn));
  await wide.wait(/Done: 200 steps|Settled|Diverged/);
  expect(await violations(wide)).toEqual([]);
  await takePicture(wide, `learn-photograph-${theme}`);
});

test('with reduced motion there is less to follow, and the same result', async () => {
  const person = await openDemo({ hash: '#learn', reducedMotion: true });
  await person.press(button(words.bookRuns['book-pytorch']));
  await person.wait(words.allAgree);
});
