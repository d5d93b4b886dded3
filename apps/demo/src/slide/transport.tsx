import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SlideWords } from './words.ts';

/** How long the window rests in each place, in milliseconds. */
const rest = 800;

export type TransportProps = {
  readonly words: SlideWords;
  readonly step: number;
  readonly steps: number;
  readonly playing: Signal<boolean>;
  readonly onStep: (step: number) => void;
};

/** Moves the window through all places: on its own, by steps, or by a slider. At the last place it stops. */
export function Transport({ words, step, steps, playing, onStep }: TransportProps): VNode {
  const last = steps - 1;
  // What the timer sees: it outlives the rendering that started it.
  const now = useRef(step);
  now.current = step;
  useEffect(() => {
    if (!playing.value) return undefined;
    const timer = setInterval(() => {
      const next = now.current + 1;
      if (next <= last) onStep(next);
      if (next >= last) playing.value = false;
    }, rest);
    return () => clearInterval(timer);
  }, [playing.value, last]);
  const play = (): void => {
    if (!playing.peek() && step >= last) onStep(0);
    playing.value = !playing.peek();
  };
  const go = (next: number): void => {
    playing.value = false;
    onStep(next);
  };
  return (
    <div class="slide-transport" role="group" aria-label={words.window}>
      <button type="button" class="slide-play" onClick={play} disabled={steps < 2}>
        {playing.value ? words.pause : words.play}
      </button>
      <button type="button" onClick={() => go(step - 1)} disabled={step <= 0}>
        {words.back}
      </button>
      <button type="button" onClick={() => go(step + 1)} disabled={step >= last}>
        {words.forward}
      </button>
      <div class="slide-scrub">
        <label for="slide-position">{words.position}</label>
        <input
          id="slide-position"
          type="range"
          min={0}
          max={Math.max(0, last)}
          value={step}
          disabled={steps < 2}
          aria-valuetext={words.positionOf(step + 1, steps)}
          onInput={({ currentTarget }) => go(Number(currentTarget.value))}
        />
        <span>{words.positionOf(step + 1, steps)}</span>
      </div>
    </div>
  );
}
