import type { Finding, Part, Section, Value } from '../book/finding.ts';
import type { Messages } from '../languages/messages.ts';
import { html, type Markup } from './markup.ts';

/** Digits after the point: as many as the book prints, 4 where it prints nothing. */
function decimals(value: Value | undefined): number {
  if (value === undefined) return 4;
  if (typeof value === 'string') return 0;
  return Math.max(...value.flat().map((element) => String(element).split('.')[1]?.length ?? 0));
}

function valueCell(value: Value | undefined, digits: number, { notPrinted }: Messages): Markup {
  if (value === undefined) return html`<span class="quiet">${notPrinted}</span>`;
  if (typeof value === 'string') return html`${value}`;
  // Adding 0 makes the sign of zero vanish.
  return html`<table class="matrix"><tbody>${value.map((row) => html`<tr>${row.map((element) => html`<td>${(element + 0).toFixed(digits)}</td>`)}</tr>`)}</tbody></table>`;
}

function findingRow({ what, ours, book, agrees }: Finding, messages: Messages): Markup {
  const digits = decimals(book);
  const mark = agrees === undefined ? undefined : html`<span class="${agrees ? 'agrees' : 'differs'}">${agrees ? messages.agrees : messages.differs}</span>`;
  return html`<tr><th scope="row">${what}</th><td>${valueCell(ours, digits, messages)}</td><td>${valueCell(book, digits, messages)}</td><td>${mark}</td></tr>
`;
}

function partTable({ title, findings }: Part, messages: Messages): Markup {
  return html`<div class="scrolled"><table class="findings">${title === undefined ? undefined : html`<caption>${title}</caption>`}
<thead><tr><th scope="col">result</th><th scope="col">${messages.ours}</th><th scope="col">${messages.theirs}</th><th scope="col">verdict</th></tr></thead>
<tbody>
${findings.map((finding) => findingRow(finding, messages))}</tbody></table></div>
`;
}

/** The sections of the chapter as tables: every result beside the book's, with its mark. */
export function chapterTables(sections: readonly Section[], messages: Messages): Markup {
  return html`${sections.map(
    ({ title, summary, parts }) => html`<h3>${title}</h3>
<p>${summary}</p>
<div class="parts">
${parts.map((part) => partTable(part, messages))}</div>
`,
  )}`;
}
