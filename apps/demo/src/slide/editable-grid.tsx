import type { VNode } from 'preact';
import type { Matrix } from '../page/matrix-text.ts';
import { CellField } from './cell-field.tsx';
import { Grid, padded, Tap } from './grid.tsx';
import type { Highlight } from './highlight.ts';
import { elementName } from './names.ts';
import { numberText } from './number-text.ts';

export type EditableGridProps = {
  readonly title: string;
  readonly name: string;
  readonly values: Matrix;
  readonly padding?: number;
  readonly highlight?: Highlight;
  readonly onChange: (row: number, column: number, value: number) => void;
  readonly onProblem: (name: string, isProblem: boolean) => void;
};

/** A matrix whose elements are fields. */
export function EditableGrid({ title, name, values, padding = 0, highlight, onChange, onProblem }: EditableGridProps): VNode {
  const [rows, columns] = [values.length, values[0]?.length ?? 0];
  const marked = (row: number, column: number, kind: string, content: VNode | string): VNode => {
    const tap = highlight?.tapAt(row, column);
    return (
      <div key={`${row},${column}`} class={`slide-cell slide-${highlight?.roleAt(row, column) ?? 'plain'} ${kind}`}>
        {content}
        {tap !== undefined && <Tap>{numberText(tap)}</Tap>}
      </div>
    );
  };
  const cell = (row: number, column: number): VNode => {
    const label = elementName(name, row, column);
    const field = <CellField name={label} value={values[row]?.[column] ?? 0} onChange={(value) => onChange(row, column, value)} onProblem={(isProblem) => onProblem(label, isProblem)} />;
    return marked(row, column, '', field);
  };
  return (
    <Grid title={title} name={name} rows={rows} columns={columns} padding={padding} frame={highlight?.frame}>
      <div class="slide-cells" role="group" aria-label={`${title} ${name}`}>
        {padded(rows, columns, padding, (row, column) => marked(row, column, 'slide-zero', '0'), cell)}
      </div>
    </Grid>
  );
}
