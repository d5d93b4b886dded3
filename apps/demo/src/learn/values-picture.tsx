import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { greyBytes, readColour, signedBytes } from './colours.ts';
import type { Size } from './problem.ts';
import { styleOf, useThemeChanges } from './theme-change.ts';

export type ValuesPictureProps = {
  readonly title: string;
  /** What a screen reader says in the picture's place. */
  readonly text: string;
  /** Below the title, such as the largest value. */
  readonly note?: string;
  readonly values: Float32Array;
  readonly size: Size;
  /** `signed`: by sign, the stronger the larger. `grey`: from black to white. */
  readonly look: 'signed' | 'grey';
  /** What has the full colour. */
  readonly scale: number;
};

/** Numbers as a picture. */
export function ValuesPicture({ title, text, note, values, size, look, scale }: ValuesPictureProps): VNode {
  const [rows, columns] = size;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeChanges();
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined || values.length !== rows * columns || values.length === 0) return;
    const palette = { zero: readColour(styleOf(element, '--surface')), positive: readColour(styleOf(element, '--positive')), negative: readColour(styleOf(element, '--negative')) };
    const bytes = look === 'grey' ? greyBytes(values, scale) : signedBytes(values, scale, palette);
    element.width = columns;
    element.height = rows;
    context.putImageData(new ImageData(bytes, columns, rows), 0, 0);
  }, [values, rows, columns, look, scale, theme]);
  return (
    <figure class="learn-picture">
      <figcaption>
        {title}
        {note !== undefined && <small>{note}</small>}
      </figcaption>
      <canvas ref={canvas} width={columns} height={rows} role="img" aria-label={text} style={{ '--learn-ratio': String(columns / rows) }} />
    </figure>
  );
}
