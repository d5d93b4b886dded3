import type { VNode } from 'preact';
import type { Field } from './field.ts';
import type { AxisSize, FeatureMap } from './layers.ts';
import { elementName, mapName } from './names.ts';
import { factorText, numberText } from './number-text.ts';
import type { Shaded, Term } from './window.ts';
import type { SlideWords } from './words.ts';

/** The sum that makes the shaded element, spelled out. */
export function Sum({ shaded, layers, words, isMoving }: { readonly shaded: Shaded | undefined; readonly layers: number; readonly words: SlideWords; readonly isMoving: boolean }): VNode {
  return (
    <section>
      <h2>{words.sum}</h2>
      {/* While the window moves on its own, nobody wants every sum read out. */}
      <p class="slide-sum" aria-live={isMoving ? 'off' : 'polite'}>
        {shaded === undefined ? (
          words.noSum
        ) : (
          <>
            <b>{elementName(mapName(shaded.element.layer, layers), shaded.element.row, shaded.element.column)}</b>
            {' = '}
            {shaded.terms.map((term, at) => (
              <TermText key={at} term={term} isFirst={at === 0} />
            ))}
            {' = '}
            <b>{numberText(shaded.value)}</b>
          </>
        )}
      </p>
    </section>
  );
}

function TermText({ term: { isInside, value, tap }, isFirst }: { readonly term: Term; readonly isFirst: boolean }): VNode {
  return (
    <>
      {isFirst ? '' : ' + '}
      <span class={isInside ? 'slide-term' : 'slide-term slide-term-zero'}>
        {factorText(value)}×{factorText(tap)}
      </span>
    </>
  );
}

/** The formula of the output's shape, in letters and with the numbers of one layer put in. */
export function Shape({ axes: [rows, columns], name, words }: { readonly axes: readonly [AxisSize, AxisSize]; readonly name: string; readonly words: SlideWords }): VNode {
  const letters = Object.entries(words.letters).map(([letter, meaning]) => (
    <span key={letter} class="slide-letter">
      <var>{letter}</var> {meaning}
    </span>
  ));
  return (
    <section>
      <h2>
        {words.shape} <var>{name}</var>
      </h2>
      <p class="slide-formula">⌊(n + 2p − d·(k − 1) − 1) / s⌋ + 1</p>
      <p class="slide-letters">{letters}</p>
      <dl class="slide-axes">
        <dt>{words.rows}</dt>
        <dd>{filledIn(rows)}</dd>
        <dt>{words.columns}</dt>
        <dd>{filledIn(columns)}</dd>
      </dl>
    </section>
  );
}

function filledIn({ size, taps, padding, dilation, stride, result }: AxisSize): VNode {
  return (
    <>
      ⌊({size} + 2·{padding} − {dilation}·({taps} − 1) − 1) / {stride}⌋ + 1 = <b>{result}</b>
    </>
  );
}

/** What the shaded element sees of each map before it. */
export function Fields({ shaded, fields, maps, layers, words }: { readonly shaded: Shaded | undefined; readonly fields: readonly Field[]; readonly maps: readonly FeatureMap[]; readonly layers: number; readonly words: SlideWords }): VNode {
  if (shaded === undefined) return <></>;
  const { layer, row, column } = shaded.element;
  const element = elementName(mapName(layer, layers), row, column);
  return (
    <section>
      <h2>{words.field}</h2>
      <ul class="slide-fields">
        {fields.toReversed().map(({ map, elements, start: [top = 0, left = 0], window: [height = 0, width = 0] }) => {
          const { rows = 0, columns = 0 } = maps[map] ?? {};
          const isPadded = top < 0 || left < 0 || top + height > rows || left + width > columns;
          const sentence = words.sees(element, mapName(map, layers), height, width, [top, top + height - 1], [left, left + width - 1]);
          const hasGaps = !isPadded && elements.size < height * width;
          return <li key={map}>{[sentence, ...(isPadded ? [words.seesPadding] : []), ...(hasGaps ? [words.seesGaps(elements.size)] : [])].join(' ')}</li>;
        })}
      </ul>
    </section>
  );
}
