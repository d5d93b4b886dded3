import type { ComponentChildren, VNode } from 'preact';

/** How a cell takes part in making the shaded element. */
export type Role = 'window' | 'field' | 'shaded' | 'plain';

/** The window, as a rectangle over the cells of a grid. */
export type Frame = { readonly top: number; readonly left: number; readonly height: number; readonly width: number };

export type GridProps = {
  readonly title: string;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Rings of zeros around the cells. */
  readonly padding?: number;
  readonly frame?: Frame | undefined;
  /** The cells, as children of a grid of columns. */
  readonly children: ComponentChildren;
};

/** A matrix with its name. What is wider than the page scrolls for itself. */
export function Grid({ title, name, rows, columns, padding = 0, frame, children }: GridProps): VNode {
  const style = { '--slide-columns': columns + 2 * padding, '--slide-rows': rows + 2 * padding };
  return (
    <section class="slide-map">
      <h2>
        {title} <var>{name}</var>{' '}
        <small>
          {rows} × {columns}
        </small>
      </h2>
      <div class="slide-scroll">
        <div class="slide-sheet" style={style}>
          {children}
          {frame !== undefined && <FrameBox {...frame} padding={padding} />}
        </div>
      </div>
    </section>
  );
}

function FrameBox({ top, left, height, width, padding }: Frame & { readonly padding: number }): VNode {
  const style = { '--slide-top': top + padding, '--slide-left': left + padding, '--slide-height': height, '--slide-width': width };
  return <div class="slide-frame" style={style} aria-hidden="true" />;
}

/** The zeros that a layer adds around its input, in reading order with the cells: what `cell` gives inside, a zero outside. */
export function padded(rows: number, columns: number, padding: number, zero: (row: number, column: number) => VNode, cell: (row: number, column: number) => VNode): readonly (readonly VNode[])[] {
  return Array.from({ length: rows + 2 * padding }, (_, down) =>
    Array.from({ length: columns + 2 * padding }, (_, right) => {
      const [row, column] = [down - padding, right - padding];
      const isInside = row >= 0 && row < rows && column >= 0 && column < columns;
      return isInside ? cell(row, column) : zero(row, column);
    }),
  );
}

/** A small sign of the tap that a cell is multiplied by. */
export function Tap({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <span class="slide-tap" aria-hidden="true">
      ×{children}
    </span>
  );
}
