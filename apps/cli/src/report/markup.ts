/** HTML or SVG that may stand in a page as it is. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text and numbers are escaped, markup is not, of a list all parts follow one another. */
export type Content = string | number | Markup | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text as it stands between tags, and in attributes in quotes. Characters that no page may hold become U+FFFD.
 *
 * @example
 * escapeText('<b title="x">'); // => '&lt;b title=&quot;x&quot;&gt;'
 */
export function escapeText(text: string): string {
  return text
    .replaceAll(/[\p{Control}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, (character) => (character === '\n' || character === '\t' ? character : '\uFFFD'))
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

function render(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return escapeText(String(content));
  return 'markup' in content ? content.markup : content.map(render).join('');
}

/**
 * A template of markup: everything that is put into it is escaped, unless it is markup itself.
 *
 * @example
 * html`<p>${'a < b'}</p>`.markup; // => '<p>a &lt; b</p>'
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: parts.map((part, index) => `${part}${render(contents[index])}`).join('') };
}
