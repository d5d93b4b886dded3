import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Grid, padded, Tap } from './grid.tsx';
import type { Highlight } from './highlight.ts';
import type { FeatureMap } from './layers.ts';
import { elementName } from './names.ts';
import { cellText, numberText } from './number-text.ts';
import { moved, type Place } from './walk.ts';

export type MapGridProps = {
  readonly title: string;
  readonly name: string;
  readonly map: FeatureMap;
  readonly padding: number;
  readonly highlight: Highlight;
  /** The shaded element, where it is one of this map. */
  readonly shaded: Place | undefined;
  readonly onShade: (place: Place) => void;
};

/** What a layer makes, one stop of the Tab key: arrows, Home, End and a click choose the element that is shaded. */
export function MapGrid({ title, name, map, padding, highlight, shaded, onShade }: MapGridProps): VNode {
  const grid = useRef<HTMLDivElement>(null);
  const entry = shaded ?? { row: 0, column: 0 };
  const choose = (place: Place): void => {
    onShade(place);
    grid.current?.querySelector<HTMLElement>(`[data-place="${place.row},${place.column}"]`)?.focus();
  };
  const walk = (event: KeyboardEvent): void => {
    const next = moved(entry, event.key, map);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  };
  const zero = (row: number, column: number): VNode => {
    const tap = highlight.tapAt(row, column);
    return (
      <div key={`${row},${column}`} class={`slide-cell slide-zero slide-${highlight.roleAt(row, column)}`} aria-hidden="true">
        0{tap !== undefined && <Tap>{numberText(tap)}</Tap>}
      </div>
    );
  };
  const cell = (row: number, column: number): VNode => {
    const isShaded = row === shaded?.row && column === shaded.column;
    const tap = highlight.tapAt(row, column);
    const value = map.values[row]?.[column] ?? 0;
    return (
      <div
        key={`${row},${column}`}
        class={`slide-cell slide-${highlight.roleAt(row, column)}`}
        role="gridcell"
        data-place={`${row},${column}`}
        aria-label={`${elementName(name, row, column)} = ${numberText(value)}`}
        aria-selected={isShaded}
        tabIndex={row === entry.row && column === entry.column ? 0 : -1}
        onClick={() => choose({ row, column })}
      >
        {cellText(value)}
        {tap !== undefined && <Tap>{numberText(tap)}</Tap>}
      </div>
    );
  };
  return (
    <Grid title={title} name={name} rows={map.rows} columns={map.columns} padding={padding} frame={highlight.frame}>
      <div class="slide-cells" role="grid" aria-label={`${title} ${name}`} ref={grid} onKeyDown={walk}>
        {padded(map.rows, map.columns, padding, zero, cell).map((cells, row) => (
          <div key={row} class="slide-row" {...(row < padding || row >= map.rows + padding ? { 'aria-hidden': 'true' } : { role: 'row' })}>
            {cells}
          </div>
        ))}
      </div>
    </Grid>
  );
}
