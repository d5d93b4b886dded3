import './learn.css';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { TabProps } from '../page/tab.ts';
import { divergenceOf } from './advice.ts';
import { agreementOf } from './agreement.ts';
import { BookTable } from './book-table.tsx';
import { HandOver } from './hand-over.tsx';
import { HeatMap, scaleOf } from './heat-map.tsx';
import type { Goal, Start } from './learn.worker.ts';
import { createLearning, type Learning } from './learning.ts';
import { LossCurve } from './loss-curve.tsx';
import { Pictures } from './pictures.tsx';
import { presetNames, presetState, type PresetName } from './presets.ts';
import { consistent, problemOf } from './problem.ts';
import { Settings } from './settings.tsx';
import { bookStarts, isBookStart, type LearnState } from './state.ts';
import { canResume, Transport } from './transport.tsx';
import { learnWords, type LearnWords } from './words.ts';

/** One for the page: who comes back to the tab finds what was learned. */
let shared: Learning | undefined;

function sharedLearning(): Learning {
  shared ??= createLearning();
  return shared;
}

/** Pictures are drawn so many times a second; seldom where motion is unwelcome. */
function updatesPerSecond(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 2 : 20;
}

function startOf({ start, seed }: LearnState): Start {
  return { name: start, seed: isBookStart(start) ? 0 : seed };
}

function goalOf({ rate, pace, steps }: LearnState): Goal {
  return { rate, pace, until: steps, updates: updatesPerSecond() };
}

export function LearnView({ state, language }: TabProps<LearnState>): VNode {
  const words = learnWords[language];
  const learning = sharedLearning();
  const now = consistent(state.value);
  const live = learning.live.value;
  const opened = learning.opened.value;
  const failure = learning.failure.value;
  const problem = problemOf(now);
  const start = startOf(now);

  useEffect(() => {
    if (now !== state.peek()) state.value = now;
    learning.show(problem, start);
  }, [JSON.stringify(problem), start.name, start.seed]);
  useEffect(() => learning.adjust(goalOf(now)), [now.rate, now.pace, now.steps]);
  useEffect(() => learning.pause, []);
  useEffect(() => {
    if (opened !== undefined) performance.mark('xcorr:first-result');
  }, [opened !== undefined]);

  const change = (patch: Partial<LearnState>): void => {
    state.value = consistent({ ...state.peek(), ...patch });
  };
  const learn = (from: LearnState): void => {
    learning.adjust(goalOf(from));
    void learning.learn();
  };
  const choose = (name: PresetName): void => {
    const preset = presetState(name);
    state.value = preset;
    learning.show(problemOf(preset), startOf(preset), { anew: true });
    learn(preset);
  };

  const agreement = agreementOf(now, live);
  const kernel = live.kernel.length === problem.kernel.length && live.kernel[0]?.length === problem.kernel[0]?.length ? live.kernel : problem.kernel.map((row) => row.map(() => 0));
  const difference = kernel.map((row, u) => row.map((tap, v) => tap - (problem.kernel[u]?.[v] ?? 0)));
  const scale = scaleOf(problem.kernel, kernel);
  const off = Math.max(...difference.flat().map(Math.abs));

  return (
    <div class="learn">
      <header class="learn-header">
        <h2>{words.title}</h2>
        <p>{words.summary}</p>
      </header>
      <Presets words={words} onChoose={choose} />
      <Settings now={now} curvatures={opened?.curvatures} words={words} change={change} />
      <div class="learn-stage">
        {failure !== undefined && (
          <p role="alert" class="learn-warning">
            {words.failed(failure === 'worker' ? words.workerFailed : failure)}
          </p>
        )}
        <Transport
          live={live}
          steps={now.steps}
          off={off}
          words={words}
          onLearn={() => {
            if (live.curve.total > 0 && !canResume(live, now.steps)) learning.show(problem, start, { anew: true });
            learn(now);
          }}
          onPause={learning.pause}
          onStep={() => {
            learning.adjust(goalOf(now));
            void learning.step();
          }}
          onReset={() => learning.show(problem, start, { anew: true })}
        />
        {opened?.loops === false && <p class="learn-note">{words.noLoops}</p>}
        {live.phase === 'diverged' && opened !== undefined && <Divergence now={{ ...now, rate: live.lastRate }} curvatures={opened.curvatures} words={words} onTake={(rate) => change({ rate })} />}
        <div class="learn-row">
          <LossCurve curve={live.curve} mayLoad={opened !== undefined} words={words} />
          {agreement !== undefined && isBookStart(now.start) && <BookTable start={now.start} agreement={agreement} words={words} />}
        </div>
        <section>
          <h3>{words.kernels}</h3>
          <div class="learn-row">
            <HeatMap title={words.learnedKernel} matrix={kernel} scale={scale} />
            <HeatMap title={words.targetKernel} matrix={problem.kernel} scale={scale} />
            <HeatMap title={words.kernelDifference} matrix={difference} scale={scale} />
          </div>
        </section>
        {opened !== undefined && <Pictures opened={opened} response={live.response} words={words} />}
      </div>
      <HandOver state={now} kernel={kernel} words={words} />
    </div>
  );
}

function Presets({ words, onChoose }: { readonly words: LearnWords; readonly onChoose: (name: PresetName) => void }): VNode {
  const texts: Readonly<Record<PresetName, string>> = { ...words.bookRuns, ...words.otherPresets };
  const buttons = (names: readonly PresetName[]): readonly VNode[] =>
    names.map((name) => (
      <button key={name} type="button" onClick={() => onChoose(name)}>
        {texts[name]}
      </button>
    ));
  return (
    <fieldset class="learn-presets">
      <legend>{words.presets}</legend>
      <div class="learn-buttons">
        <span>{words.bookPresets}</span>
        {buttons(bookStarts)}
      </div>
      <div class="learn-buttons">
        <span>{words.morePresets}</span>
        {buttons(presetNames.filter((name) => !bookStarts.some((each) => each === name)))}
      </div>
    </fieldset>
  );
}

type DivergenceProps = { readonly now: LearnState; readonly curvatures: Parameters<typeof divergenceOf>[1]; readonly words: LearnWords; readonly onTake: (rate: number) => void };

function Divergence({ now, curvatures, words, onTake }: DivergenceProps): VNode {
  const divergence = divergenceOf(now, curvatures);
  return (
    <section class="learn-diverged" aria-live="polite">
      <h3>{words.whyDiverged}</h3>
      <p>{words.divergence(divergence)}</p>
      <button type="button" onClick={() => onTake(divergence.instead)}>
        {words.takeRate(divergence.instead)}
      </button>
    </section>
  );
}
