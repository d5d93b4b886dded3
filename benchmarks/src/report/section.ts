/**
 * A page with what stands between `<!-- name -->` and `<!-- /name -->` replaced.
 *
 * @throws Error when the page has no such section.
 */
export function withSection(page: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = page.indexOf(open);
  const end = page.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`the page has no section from ${open} to ${close}`);
  return `${page.slice(0, start + open.length)}\n\n${content.trim()}\n\n${page.slice(end)}`;
}
