import type { Curvatures } from '@xcorr/nn';
import { useId } from 'preact/hooks';
import type { ComponentChildren, VNode } from 'preact';
import { prospectOf } from './advice.ts';
import { Choice } from './choice.tsx';
import { KernelEditor } from './kernel-editor.tsx';
import { NumberField } from './number-field.tsx';
import { bestRates } from './optimiser.ts';
import { imageSizes, mayStartAsBook, mayWhiten, sizeOf } from './problem.ts';
import { bookStarts, frameworkOf, frameworks, hasMomentum, imageNames, isBookStart, mostMomentum, mostSide, mostSteps, optimiserNames, paces, startNames, targetNames, type LearnState, type StartName, type TargetName } from './state.ts';
import { kernels } from '@xcorr/image';
import type { LearnWords } from './words.ts';

export type SettingsProps = {
  readonly now: LearnState;
  readonly curvatures: Curvatures | undefined;
  readonly words: LearnWords;
  readonly change: (patch: Partial<LearnState>) => void;
};

/** Room for groups that stand open beside the rest. */
const isWide = (): boolean => matchMedia('(min-width: 56rem)').matches;

function Group({ title, shown, children }: { readonly title: string; readonly shown: string; readonly children: ComponentChildren }): VNode {
  return (
    <details class="learn-group" open={isWide()}>
      <summary>
        <span>{title}</span> <small>{shown}</small>
      </summary>
      <div class="learn-fields">{children}</div>
    </details>
  );
}

/** All that can be chosen, in three groups. */
export function Settings(props: SettingsProps): VNode {
  return (
    <div class="learn-settings">
      <Pair {...props} />
      <FirstKernel {...props} />
      <Descent {...props} />
    </div>
  );
}

function Pair({ now, words, change }: SettingsProps): VNode {
  const helpId = useId();
  const fits = (name: TargetName): boolean => name === 'drawn' || kernels[name].length <= imageSizes[now.image][0];
  const targets: readonly TargetName[] = [...targetNames.filter(fits), 'drawn'];
  return (
    <Group title={words.pair} shown={`${words.images[now.image]} · ${now.target === 'drawn' ? words.drawn : now.target}`}>
      <Choice label={words.image} value={now.image} names={imageNames} onChange={(image) => change({ image })}>
        {imageNames.map((name) => (
          <option key={name} value={name}>
            {words.images[name]}
          </option>
        ))}
      </Choice>
      <Choice label={words.target} value={now.target} names={targets} onChange={(target) => change({ target })}>
        {targets.map((name) => (
          <option key={name} value={name}>
            {name === 'drawn' ? words.drawn : `${name} (${sizeOf(kernels[name]).join(' × ')})`}
          </option>
        ))}
      </Choice>
      {now.target === 'drawn' && <KernelEditor matrix={now.drawn} most={Math.min(mostSide, imageSizes[now.image][0])} words={words} onChange={(drawn) => change({ drawn })} />}
      <label class="learn-check">
        <input type="checkbox" checked={now.whiten} disabled={!mayWhiten(now)} aria-describedby={helpId} onChange={({ currentTarget }) => change({ whiten: currentTarget.checked })} />
        {words.whiten}
      </label>
      <p id={helpId} class="learn-quiet">
        {words.whitenHelp}
      </p>
    </Group>
  );
}

function FirstKernel({ now, words, change }: SettingsProps): VNode {
  const names = startNames.filter((name) => !isBookStart(name) || mayStartAsBook(now));
  const text = (name: StartName): string => (isBookStart(name) ? words.bookRuns[name] : frameworkOf(name) === name ? words.frameworks[frameworkOf(name)] : words.chapterStart(words.frameworks[frameworkOf(name)]));
  const options = (some: readonly StartName[]): readonly VNode[] =>
    some.map((name) => (
      <option key={name} value={name}>
        {text(name)}
      </option>
    ));
  const hasSeed = !isBookStart(now.start);
  return (
    <Group title={words.startGroup} shown={`${text(now.start)}${hasSeed ? ` · ${words.seed} ${now.seed}` : ''}`}>
      <Choice label={words.start} value={now.start} names={names} onChange={(start) => change({ start })}>
        {mayStartAsBook(now) && <optgroup label={words.startGroups.book}>{options(bookStarts)}</optgroup>}
        <optgroup label={words.startGroups.layers}>{options(frameworks)}</optgroup>
        <optgroup label={words.startGroups.chapter}>{options(frameworks.map((each): StartName => `chapter-${each}`))}</optgroup>
      </Choice>
      <NumberField label={words.seed} value={now.seed} low={0} high={Number.MAX_SAFE_INTEGER} isWhole disabled={!hasSeed} complaint={words.invalidNumber(0, undefined)} onChange={(seed) => change({ seed })} />
      {hasSeed ? (
        <button type="button" onClick={() => change({ seed: now.seed + 1 })}>
          {words.anotherSeed}
        </button>
      ) : (
        <p class="learn-quiet">{words.seedUnused}</p>
      )}
    </Group>
  );
}

function Descent({ now, curvatures, words, change }: SettingsProps): VNode {
  const prospect = curvatures && prospectOf(now, curvatures);
  const exceeds = prospect?.kind === 'bounded' && prospect.exceeds;
  return (
    <Group title={words.descent} shown={`${words.optimisers[now.optimiser]} · ${words.rate} ${now.rate}`}>
      <Choice label={words.optimiser} value={now.optimiser} names={optimiserNames} onChange={(optimiser) => change({ optimiser })}>
        {optimiserNames.map((name) => (
          <option key={name} value={name}>
            {words.optimisers[name]}
          </option>
        ))}
      </Choice>
      <div class="learn-two">
        <NumberField label={words.rate} value={now.rate} low={0} high={1e6} complaint={words.invalidNumber(0, undefined)} onChange={(rate) => change({ rate })} />
        {hasMomentum(now.optimiser) && <NumberField label={words.momentum} value={now.momentum} low={0} high={mostMomentum} complaint={words.invalidNumber(0, mostMomentum)} onChange={(momentum) => change({ momentum })} />}
      </div>
      <p class={exceeds ? 'learn-warning' : 'learn-quiet'} aria-live="polite">
        {prospect === undefined ? '' : `${exceeds ? '⚠ ' : ''}${words.prospect(prospect)}`}
      </p>
      {prospect?.least === 0 && <p class="learn-quiet">{words.flat}</p>}
      <button type="button" disabled={curvatures === undefined} onClick={() => curvatures && change(bestRates(now.optimiser, now.momentum, now.steps, curvatures))}>
        {words.bestRate}
      </button>
      <NumberField label={words.steps} value={now.steps} low={1} high={mostSteps} isWhole complaint={words.invalidNumber(1, mostSteps)} onChange={(steps) => change({ steps })} />
      <Choice label={words.pace} value={now.pace} names={paces} onChange={(pace) => change({ pace })}>
        {paces.map((pace) => (
          <option key={pace} value={pace}>
            {words.paces[pace]}
          </option>
        ))}
      </Choice>
    </Group>
  );
}
