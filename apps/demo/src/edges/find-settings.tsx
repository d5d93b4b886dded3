import type { VNode } from 'preact';
import { Choice, NumberField, Radios } from './choice.tsx';
import { KernelCells } from './kernel-cells.tsx';
import { KernelChoice } from './kernel-choice.tsx';
import type { PartProps } from './parts.ts';
import { borderNames, directionViewNames, findNames, highestThreshold, pairNames, viewNames, type EdgesState } from './state.ts';
import { placeNames } from '../compute/place-names.ts';

/** What is looked for, how the picture goes on, and where the work is done. */
export function FindSettings({ state, session, words }: PartProps): VNode {
  const now = state.value;
  const put = (change: Partial<EdgesState>): void => {
    state.value = { ...state.value, ...change };
  };
  const graphics = session.graphics.value;
  // Of a matrix, cells show both.
  const isMatrix = now.picture === 'book' || now.picture === 'book-transposed';
  return (
    <div class="edges-settings">
      <Radios label={words.find.legend} names={findNames} words={words.find.names} value={now.find} choose={(find) => put({ find })} />
      {now.find === 'kernel' && <KernelChoice state={state} words={words.kernel} />}
      {now.find === 'kernel' && <KernelCells state={state} words={words.kernel} />}
      {now.find === 'kernel' && <Radios label={words.view.choice} names={viewNames} words={words.view.names} value={now.view} choose={(view) => put({ view })} />}
      {now.find === 'direction' && <Choice label={words.direction.pair} names={pairNames} words={words.direction.pairs} value={now.pair} choose={(pair) => put({ pair })} />}
      {now.find === 'direction' && !isMatrix && <Radios label={words.direction.choice} names={directionViewNames} words={words.direction.names} value={now.directionView} choose={(directionView) => put({ directionView })} />}
      {now.find === 'canny' && <CannySettings now={now} put={put} words={words.canny} />}
      {now.find !== 'canny' && <Choice label={words.border.choice} names={borderNames} words={words.border.names} value={now.border} choose={(border) => put({ border })} />}
      {now.find !== 'canny' && now.border === 'constant' && <NumberField label={words.border.constant} value={now.constant} least={0} most={255} change={(constant) => put({ constant: Math.round(constant) })} />}
      <Choice label={words.place.choice} names={placeNames} words={words.place.names} value={now.place} choose={(place) => put({ place })} />
      {graphics !== undefined && !graphics.webgl && <p class="edges-note">{graphics.webgpu ? words.place.noWebgl : words.place.noGraphics}</p>}
    </div>
  );
}

function CannySettings({ now, put, words }: { readonly now: EdgesState; readonly put: (change: Partial<EdgesState>) => void; readonly words: PartProps['words']['canny'] }): VNode {
  // Neither threshold passes the other.
  return (
    <>
      <div class="edges-pair">
        <NumberField label={words.low} value={now.low} least={0} most={highestThreshold} step={10} change={(low) => put({ low, high: Math.max(low, now.high) })} />
        <NumberField label={words.high} value={now.high} least={0} most={highestThreshold} step={10} change={(high) => put({ high, low: Math.min(high, now.low) })} />
      </div>
      <div class="edges-pair">
        <Choice label={words.norm} names={['L1', 'L2']} words={{ L1: '|gx| + |gy|', L2: '√(gx² + gy²)' }} value={now.norm} choose={(norm) => put({ norm })} />
        <Choice label={words.aperture} names={['3', '5']} words={{ '3': '3', '5': '5' }} value={now.aperture === 5 ? '5' : '3'} choose={(side) => put({ aperture: side === '5' ? 5 : 3 })} />
      </div>
      <label class="edges-check">
        <input type="checkbox" checked={now.smooth} onChange={(event) => put({ smooth: event.currentTarget.checked })} />
        {words.smooth}
      </label>
    </>
  );
}
