import type { VNode } from 'preact';
import type { Live } from './learning.ts';
import { lossText } from './number-text.ts';
import type { LearnWords } from './words.ts';

export type TransportProps = {
  readonly live: Live;
  readonly steps: number;
  /** The largest difference of a tap from the target kernel's. */
  readonly off: number;
  readonly words: LearnWords;
  readonly onLearn: () => void;
  readonly onPause: () => void;
  readonly onStep: () => void;
  readonly onReset: () => void;
};

/** Learn, pause, resume, step and reset, and how learning stands. */
export function Transport({ live, steps, off, words, onLearn, onPause, onStep, onReset }: TransportProps): VNode {
  const { phase, curve } = live;
  const isLearning = phase === 'learning';
  const canStep = !isLearning && phase !== 'opening' && phase !== 'diverged';
  return (
    <section class="learn-transport" aria-label={words.controls}>
      <div class="learn-buttons">
        <button type="button" class="learn-main" onClick={isLearning ? onPause : onLearn}>
          {mainText(live, steps, words)}
        </button>
        <button type="button" disabled={!canStep} onClick={onStep}>
          {words.step}
        </button>
        <button type="button" disabled={curve.total === 0} onClick={onReset}>
          {words.reset}
        </button>
      </div>
      <dl class="learn-numbers">
        <div>
          <dt>{words.stepNow}</dt>
          <dd>{curve.total}</dd>
        </div>
        <div>
          <dt>{words.lossNow}</dt>
          <dd>{lossText(curve.last)}</dd>
        </div>
        <div>
          <dt>{words.offTarget}</dt>
          <dd>{live.kernel.length === 0 ? '–' : lossText(off)}</dd>
        </div>
      </dl>
      <p role="status" class={phase === 'diverged' ? 'learn-warning' : undefined}>
        {phaseText(live, words)}
      </p>
    </section>
  );
}

/** Whether steps go on from where they are, and do not begin anew. */
export function canResume({ phase, curve }: Live, steps: number): boolean {
  return curve.total > 0 && curve.total < steps && phase !== 'diverged' && phase !== 'settled';
}

function mainText(live: Live, steps: number, words: LearnWords): string {
  if (live.phase === 'learning') return words.pause;
  if (live.curve.total === 0) return words.learn;
  return canResume(live, steps) ? words.resume : words.again;
}

function phaseText({ phase, curve }: Live, words: LearnWords): string {
  switch (phase) {
    case 'opening':
      return words.opening;
    case 'ready':
      return words.ready;
    case 'learning':
      return words.learning;
    case 'paused':
      return words.paused(curve.total);
    case 'done':
      return words.done(curve.total, lossText(curve.last));
    case 'settled':
      return words.settled(curve.total);
    case 'diverged':
      return words.diverged(curve.total);
    default:
      return phase satisfies never;
  }
}
