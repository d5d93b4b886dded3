import './slide.css';
import { useComputed, useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { TabProps } from '../page/tab.ts';
import { Choices } from './choices.tsx';
import { EditableGrid } from './editable-grid.tsx';
import { Fields, Shape, Sum } from './explanation.tsx';
import { fieldsOf } from './field.ts';
import { highlightOf } from './highlight.ts';
import { FlippedKernel } from './flipped-kernel.tsx';
import { layersOf, outputAxes } from './layers.ts';
import { MapGrid } from './map-grid.tsx';
import { mapName } from './names.ts';
import { largest, type SlideState, withElement } from './state.ts';
import { Transport } from './transport.tsx';
import type { Place } from './walk.ts';
import { elementAt, flipped, shadedOf, stepOf } from './window.ts';
import { slideWords } from './words.ts';

export function SlideView({ state, language }: TabProps<SlideState>): VNode {
  const words = slideWords[language];
  const now = state.value;
  const layers = useComputed(() => layersOf(state.value)).value;
  const playing = useSignal(false);
  const badCell = useSignal<string | undefined>(undefined);
  useEffect(() => {
    performance.mark('xcorr:first-result');
  }, []);

  const shaded = shadedOf(now, layers);
  const fields = shaded === undefined ? [] : fieldsOf(shaded.element, layers);
  const layer = shaded?.element.layer ?? 1;
  const [before, shown] = [layers.maps[layer - 1], layers.maps[layer]];
  const shade = (at: number, place: Place): void => {
    state.value = { ...state.peek(), shaded: { layer: at, row: place.row, column: place.column } };
  };
  const problem = (name: string, isProblem: boolean): void => {
    badCell.value = isProblem ? name : undefined;
  };
  const { misfit } = layers;
  const misfitText = misfit && words.misfit(misfit.layer, times(misfit.rows.dilation * (misfit.rows.taps - 1) + 1, misfit.columns.dilation * (misfit.columns.taps - 1) + 1), times(misfit.rows.size + 2 * now.padding, misfit.columns.size + 2 * now.padding));

  return (
    <div class="slide">
      <p class="slide-summary">{words.summary}</p>
      <Choices state={state} words={words} />
      <div class="slide-stage">
        <div class="slide-maps">
          <EditableGrid
            title={words.input}
            name="X"
            values={now.input}
            padding={now.padding}
            highlight={highlightOf(0, shaded, fields)}
            onChange={(row, column, value) => {
              state.value = withElement(state.peek(), 'input', row, column, value);
            }}
            onProblem={problem}
          />
          <EditableGrid
            title={words.kernel}
            name="K"
            values={now.kernel}
            onChange={(row, column, value) => {
              state.value = withElement(state.peek(), 'kernel', row, column, value);
            }}
            onProblem={problem}
          />
          {now.flip && <FlippedKernel title={words.flippedKernel} kernel={flipped(now.kernel)} />}
          {layers.maps.slice(1).map((map, index) => {
            const at = index + 1;
            return (
              <MapGrid
                key={at}
                title={now.layers === 1 ? words.output : words.featureMap(at)}
                name={mapName(at, now.layers)}
                map={map}
                padding={at < now.layers ? now.padding : 0}
                highlight={highlightOf(at, shaded, fields)}
                shaded={layer === at ? shaded?.element : undefined}
                onShade={(place) => {
                  playing.value = false;
                  shade(at, place);
                }}
              />
            );
          })}
        </div>
        <div class="slide-messages" aria-live="polite">
          {misfitText !== undefined && <p class="slide-problem">{misfitText}</p>}
          {badCell.value !== undefined && <p class="slide-problem">{words.badCell(badCell.value, largest)}</p>}
        </div>
        {shaded !== undefined && shown !== undefined && (
          <>
            <Transport words={words} step={stepOf(shaded.element, shown)} steps={shown.rows * shown.columns} playing={playing} onStep={(step) => shade(layer, elementAt(step, shown))} />
            <p class="slide-keys">{words.keys}</p>
          </>
        )}
        <div class="slide-explanation">
          <Sum shaded={shaded} layers={now.layers} words={words} isMoving={playing.value} />
          {before !== undefined && <Shape axes={outputAxes([before.rows, before.columns], now)} name={mapName(layer, now.layers)} words={words} />}
          <Fields shaded={shaded} fields={fields} maps={layers.maps} layers={now.layers} words={words} />
        </div>
      </div>
    </div>
  );
}

function times(height: number, width: number): string {
  return `${height} × ${width}`;
}
