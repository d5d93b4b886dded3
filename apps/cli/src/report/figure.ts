import type { Picture } from '@xcorr/image';
import { encodePicture } from '@xcorr/image/node';
import { html, type Content, type Markup } from './markup.ts';

/** Pictures of fewer columns are shown enlarged: their elements as squares. */
const fewColumns = 200;

/** A picture inside the page, with what it shows: `alt` for those who do not see it, the caption for all. */
export async function pictureFigure(picture: Picture, alt: string, caption: Content): Promise<Markup> {
  const bytes = await encodePicture(picture, 'png');
  const source = `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
  return html`<figure><img src="${source}" width="${picture.width}" height="${picture.height}" alt="${alt}"${picture.width < fewColumns ? html` class="enlarged"` : undefined}/>
<figcaption>${caption}</figcaption></figure>
`;
}
