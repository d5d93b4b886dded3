import { arrowsOf, stepFor } from './arrows.ts';
import { linesOf, type Values } from './find-values.ts';
import { hueColour, paintDim, paintEdges, paintHue, paintResponse, type Canvas } from './paint.ts';
import type { Request } from './request.ts';
import type { Plane } from './rows.ts';

/** A result as a picture of the size of the one it was found in. `edges` counts the elements of Canny's lines. */
export type Drawn = { readonly after: ImageBitmap; readonly edges: number | undefined };

export async function draw(plane: Plane, values: Values, { finding, painting }: Pick<Request, 'finding' | 'painting'>): Promise<Drawn> {
  const { width, height } = plane;
  const canvas: Canvas = new ImageData(width, height);
  const { placed, arrays, range } = values;
  const [first, second = first] = arrays;
  if (finding.kind === 'canny') {
    const lines = linesOf(values, finding);
    paintEdges(canvas, placed, lines);
    return { after: await bitmapOf(canvas), edges: lines.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0) };
  }
  if (painting.kind === 'response') paintResponse(canvas, placed, first, painting.view, range.strong);
  else if (painting.kind === 'hue') paintHue(canvas, placed, first, second, range.strong);
  else return { after: await withArrows(plane, canvas, values), edges: undefined };
  return { after: await bitmapOf(canvas), edges: undefined };
}

function bitmapOf({ width, height, data }: Canvas): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(data, width, height));
}

async function withArrows({ width, height, data }: Plane, canvas: Canvas, { placed, arrays: [magnitude, direction], range }: Values): Promise<ImageBitmap> {
  paintDim(canvas, data);
  const surface = new OffscreenCanvas(width, height);
  const context = surface.getContext('2d');
  if (context === null) return bitmapOf(canvas);
  context.putImageData(new ImageData(canvas.data, width, height), 0, 0);
  const step = stepFor(width);
  context.lineCap = 'round';
  context.lineWidth = Math.max(1, step / 8);
  for (const { x, y, angle, strength } of arrowsOf({ ...placed, magnitude, direction: direction ?? magnitude, strong: range.strong }, step)) {
    const [red, green, blue] = hueColour(angle);
    const half = (step * (0.35 + 0.65 * strength)) / 2;
    context.save();
    context.translate(placed.left + x, placed.top + y);
    context.rotate(angle);
    context.strokeStyle = `rgb(${red} ${green} ${blue})`;
    context.beginPath();
    context.moveTo(-half, 0);
    context.lineTo(half, 0);
    context.moveTo(half - step * 0.25, -step * 0.2);
    context.lineTo(half, 0);
    context.lineTo(half - step * 0.25, step * 0.2);
    context.stroke();
    context.restore();
  }
  return surface.transferToImageBitmap();
}
