import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeText, html } from './markup.ts';

test('text is escaped, markup is not, and lists follow one another', () => {
  const rows = ['<b>', 'a & b'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul title="${'"x" \'y\''}">${rows}${undefined}${7}</ul>`.markup).toBe('<ul title="&quot;x&quot; &#39;y&#39;"><li>&lt;b&gt;</li><li>a &amp; b</li>7</ul>');
});

test('what no page may hold is replaced', () => {
  expect(escapeText('a\u0000b\u001B[31m\r\uD800c\uFFFE\td\n')).toBe('a\uFFFDb\uFFFD[31m\uFFFD\uFFFDc\uFFFD\td\n');
  expect(escapeText('\u{1F600}')).toBe('\u{1F600}');
});

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

test('no text can end its place: without entities nothing of a tag or an attribute is left, and with them the text is whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', 'amp;', '&lt;', '</script>', ' '), maxLength: 30 }), (text) => {
      const escaped = escapeText(text);
      expect(escaped).not.toMatch(/[<>"']/);
      expect(escaped.replaceAll(/&[#\w]+;/g, (entity) => entities[entity] ?? '')).toBe(text);
    }),
    { seed: 20_261_121, numRuns: 300 },
  );
});
