import type { VNode } from 'preact';
import type { Matrix } from '../page/matrix-text.ts';
import { Grid } from './grid.tsx';
import { cellText } from './number-text.ts';

/** The kernel as it lies under the window once it is flipped: to look at, not to edit. */
export function FlippedKernel({ title, kernel }: { readonly title: string; readonly kernel: Matrix }): VNode {
  const columns = kernel[0]?.length ?? 0;
  return (
    <Grid title={title} name="" rows={kernel.length} columns={columns}>
      <div class="slide-cells">
        {kernel.flatMap((row, down) =>
          row.map((tap, right) => (
            <div key={down * columns + right} class="slide-cell slide-plain">
              {cellText(tap)}
            </div>
          )),
        )}
      </div>
    </Grid>
  );
}
