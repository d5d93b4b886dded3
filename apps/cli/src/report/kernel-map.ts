import type { Kernel } from '@xcorr/image';
import { tapTexts } from '../learn/result.ts';
import { html, type Markup } from './markup.ts';

const cell = { width: 92, height: 56 } as const;

/** Wider kernels show colours alone: their numbers would be too small to read. */
const mostColumnsWithNumbers = 9;

/**
 * A kernel as a heat map, with what it is in words: positive taps in one colour, negative in another, the stronger the farther from 0. The colour
 * of a tap says nothing that its number does not say.
 */
export function kernelMap(kernel: Kernel, what: string): Markup {
  const columns = kernel[0]?.length ?? 0;
  const largest = Math.max(...kernel.flat().map(Math.abs)) || 1;
  const texts = tapTexts(kernel);
  const numbered = columns <= mostColumnsWithNumbers;
  const [wide, tall] = numbered ? [cell.width, cell.height] : [20, 20];
  const about = `${what}: ${texts.map((row) => row.join(', ')).join('; ')}`;
  return html`<svg class="kernel" viewBox="0 0 ${columns * wide} ${kernel.length * tall}" style="max-width: ${columns * wide}px" role="img" aria-label="${about}" xmlns="http://www.w3.org/2000/svg">
${kernel.map((row, u) =>
  row.map((tap, v) => {
    const text = texts[u]?.[v] ?? '';
    const strength = Math.abs(tap) / largest;
    const rectangle = html`<rect class="${tap < 0 ? 'negative' : 'positive'}" x="${v * wide + 1}" y="${u * tall + 1}" width="${wide - 2}" height="${tall - 2}" fill-opacity="${Number(strength.toFixed(3))}"><title>${`row ${u + 1}, column ${v + 1}: ${text}`}</title></rect>`;
    if (!numbered) return html`${rectangle}
`;
    return html`${rectangle}<text class="${strength > 0.7 ? 'strong' : 'weak'}" x="${(v + 0.5) * wide}" y="${(u + 0.5) * tall + 6}" text-anchor="middle">${text}</text>
`;
  }),
)}</svg>`;
}
