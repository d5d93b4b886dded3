import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ShownPicture } from './session.ts';
import type { EdgesState } from './state.ts';
import type { Surfaces } from './surfaces.ts';
import type { EdgesWords } from './words.ts';

/** The picture to the left of the divider, the result to the right of it. */
export function Compare({ shown, surfaces, state, words }: { readonly shown: ShownPicture; readonly surfaces: Surfaces; readonly state: Signal<EdgesState>; readonly words: EdgesWords }): VNode {
  const percent = state.value.divider;
  const { width, height } = shown;
  const put = (value: number): void => {
    state.value = { ...state.value, divider: Math.round(Math.min(100, Math.max(0, value))) };
  };
  const drag = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    if (event.buttons === 0) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    put((100 * (event.clientX - left)) / width);
  };
  return (
    <div class="edges-compare" style={{ maxWidth: `min(100%, max(20rem, calc(70vh * ${width / height})), ${Math.max(width, 640)}px)` }}>
      <div
        class="edges-pictures"
        style={{ aspectRatio: `${width} / ${height}` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={drag}
      >
        <Surface canvas={surfaces.before} label={words.result.before(words.picture.names[shown.state.picture])} clip={0} />
        <Surface canvas={surfaces.after} label={words.result.after(words.find.names[shown.state.find])} clip={percent} />
        <div class="edges-divider" aria-hidden="true" style={{ left: `${percent}%` }} />
      </div>
      <label class="edges-field">
        {words.result.slider}
        <input type="range" min={0} max={100} step={1} value={percent} aria-valuetext={words.result.sliderText(percent)} onInput={(event) => put(event.currentTarget.valueAsNumber)} />
      </label>
    </div>
  );
}

/** A canvas that is there already; percent of it are cut from the left. */
function Surface({ canvas, label, clip }: { readonly canvas: HTMLCanvasElement; readonly label: string; readonly clip: number }): VNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.replaceChildren(canvas), [canvas]);
  return <div ref={place} class="edges-surface" role="img" aria-label={label} style={{ clipPath: clip === 0 ? 'none' : `inset(0 0 0 ${clip}%)` }} />;
}
