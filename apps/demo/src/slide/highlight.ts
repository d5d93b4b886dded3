import type { Field } from './field.ts';
import type { Frame, Role } from './grid.tsx';
import type { Shaded } from './window.ts';

/** What is marked on a map: the role of each cell, the tap over it, and a frame. */
export type Highlight = {
  readonly frame: Frame | undefined;
  readonly roleAt: (row: number, column: number) => Role;
  readonly tapAt: (row: number, column: number) => number | undefined;
};

/** The marks of each map: the window on the map before the shaded element, its receptive field on those before that. */
export function highlightOf(map: number, shaded: Shaded | undefined, fields: readonly Field[]): Highlight {
  const layer = shaded?.element.layer ?? 0;
  if (shaded !== undefined && map === layer - 1) {
    const taps = new Map(shaded.terms.map(({ row, column, tap }) => [`${row},${column}`, tap]));
    return {
      frame: { top: shaded.top, left: shaded.left, height: shaded.height, width: shaded.width },
      roleAt: (row, column) => (taps.has(`${row},${column}`) ? 'window' : 'plain'),
      tapAt: (row, column) => taps.get(`${row},${column}`),
    };
  }
  if (shaded !== undefined && map === layer) {
    const { row: shadedRow, column: shadedColumn } = shaded.element;
    return { frame: undefined, roleAt: (row, column) => (row === shadedRow && column === shadedColumn ? 'shaded' : 'plain'), tapAt: () => undefined };
  }
  const field = fields.find((each) => each.map === map);
  return { frame: undefined, roleAt: (row, column) => (field?.elements.has(`${row},${column}`) === true ? 'field' : 'plain'), tapAt: () => undefined };
}
