import type { VNode } from 'preact';
import type { Agreement } from './agreement.ts';
import type { bookStarts } from './state.ts';
import type { LearnWords } from './words.ts';

/** What the book prints of a run beside ours. */
export function BookTable({ start, agreement, words }: { readonly start: (typeof bookStarts)[number]; readonly agreement: Agreement; readonly words: LearnWords }): VNode {
  const { run, lines, taps, complete } = agreement;
  const title = words.bookTable(words.bookRuns[start], run.layout);
  return (
    <section class="learn-book">
      <h3>{title}</h3>
      <table class="learn-table" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{words.epoch}</th>
            <th scope="col">{words.printed}</th>
            <th scope="col">{words.ours}</th>
            <th scope="col">{words.agreement}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ epoch, ...line }) => (
            <Line key={epoch} name={String(epoch)} {...line} words={words} />
          ))}
        </tbody>
        {taps.length > 0 && (
          <tbody>
            <tr>
              <th scope="rowgroup" colSpan={4} class="learn-quiet">
                {words.learnedKernel}
              </th>
            </tr>
            {taps.map((line, at) => (
              <Line key={at} name={`K[${at}]`} {...line} words={words} />
            ))}
          </tbody>
        )}
      </table>
      {taps.length === 0 && <p class="learn-quiet">{words.notPrinted}</p>}
      <p aria-live="polite">{complete ? words.allAgree : ''}</p>
      <p class="learn-quiet">{words.bookStartNote}</p>
    </section>
  );
}

type LineProps = { readonly name: string; readonly printed: string; readonly ours: string | undefined; readonly agrees: boolean; readonly words: LearnWords };

function Line({ name, printed, ours, agrees, words }: LineProps): VNode {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{printed}</td>
      <td>{ours ?? '–'}</td>
      <td class={ours === undefined ? 'learn-quiet' : agrees ? 'learn-agrees' : 'learn-differs'}>{ours === undefined ? words.notYet : agrees ? `✓ ${words.agrees}` : `✗ ${words.differs}`}</td>
    </tr>
  );
}
