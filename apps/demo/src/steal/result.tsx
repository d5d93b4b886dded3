import type { VNode } from 'preact';
import { Bitmap } from './bitmap.tsx';
import { KernelTable } from './kernel-table.tsx';
import { percent, rounding, verdictOf, type Learned } from './learned.ts';
import { namesOf } from './photographs.tsx';
import { isWorking, lesson, problem } from './session.ts';
import { problemText, type StealWords } from './words.ts';

/** What was found, what it explains, and what it cannot. */
export function Result({ words }: { readonly words: StealWords }): VNode {
  const found = lesson.value;
  return (
    <section aria-labelledby="steal-result" aria-busy={isWorking.value}>
      <div class="steal-head">
        <h2 id="steal-result">{words.result}</h2>
        <output class="steal-quiet">{isWorking.value ? words.working : ''}</output>
      </div>
      <div aria-live="polite" class="steal-messages">
        {problem.value !== undefined && (
          <p class="steal-problem">
            {problemText(words, problem.value)} {found !== undefined && words.lastStays}
          </p>
        )}
        {found !== undefined && <Verdict learned={found.learned} words={words} />}
      </div>
      {found !== undefined && (
        <>
          <div class="steal-found">
            <KernelTable kernel={found.learned.kernel} bias={found.learned.bias} words={words} />
            <Facts learned={found.learned} words={words} />
          </div>
          <h3>{words.pictures}</h3>
          <div class="steal-pair">
            <figure>
              <Bitmap bitmap={found.again} label={words.filteredBefore} />
              <figcaption>{words.filteredBefore}</figcaption>
            </figure>
            <figure>
              <Bitmap bitmap={found.difference} label={words.difference} />
              <figcaption>
                {`${words.difference}${words.stop}`}
                <span class="steal-quiet">{words.differenceScale(found.learned.residual.gain)}</span>
              </figcaption>
            </figure>
          </div>
        </>
      )}
    </section>
  );
}

/** A count with a narrow space between thousands, alike in every language. */
const grouped = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u202f');

/** Grey levels with three digits. */
const brief = (level: number): string => String(Number(level.toPrecision(3)));

function Verdict({ learned, words }: { readonly learned: Learned; readonly words: StealWords }): VNode {
  const verdict = verdictOf(learned);
  const { ranOn, residual: { rootMeanSquare } } = learned;
  const names = namesOf(learned, words);
  const isPart = verdict === 'most' || verdict === 'little';
  return (
    <>
      <p class="steal-verdict">{words.verdicts[verdict]}</p>
      <p class="steal-quiet">{words.ofPair(names.before, names.after)}</p>
      {isPart && (
        <p>
          {words.leftOver(brief(rootMeanSquare), brief(rootMeanSquare / rounding))} {verdict === 'most' ? words.mayBeLossy : words.tryOthers}
        </p>
      )}
      {ranOn !== 'loops' && <p>{words.noLoops[ranOn]}</p>}
    </>
  );
}

function Facts({ learned, words }: { readonly learned: Learned; readonly words: StealWords }): VNode {
  const { about, residual, learnedFrom, places, measured, uncertainty } = learned;
  const verdict = verdictOf(learned);
  // Of what no filter is, errors are no noise, and no tap is known.
  const knownText = verdict === 'equal' || verdict === 'little' ? undefined : uncertainty === undefined ? words.notOnly : words.knownTo(String(Number(uncertainty.toPrecision(2))));
  const shareText = (share: number): string => (share < 0 ? words.explainsNothing : words.verdictOf(percent(share)));
  const isPart = (sides: readonly [number, number]): boolean => sides[0] !== places[0] || sides[1] !== places[1];
  return (
    <dl class="steal-facts">
      {residual.explained !== undefined && <Fact name={words.explains} texts={[shareText(residual.explained)]} />}
      {residual.explainedBefore !== undefined && <Fact name={words.explainsBefore} texts={[shareText(residual.explainedBefore)]} />}
      <Fact name={words.errors} texts={[words.errorsOf(brief(residual.rootMeanSquare), brief(residual.largest), brief(rounding))]} />
      <Fact name={words.again} texts={[words.againOf(percent(residual.equalShare), residual.largestWritten)]} />
      <Fact
        name={words.learnedFrom}
        texts={[
          words.samplesOf(grouped(learned.fitted), learnedFrom, about.seen),
          ...(isPart(learnedFrom) ? [words.partOnly] : []),
          ...(isPart(measured) ? [words.measuredPart(measured, places)] : []),
          ...(about.isCropped ? [words.cropped(about.used)] : []),
          ...(about.clipped === 0 ? [] : [about.isClippedLeftOut ? words.clippedOut(grouped(about.clipped)) : words.clippedKept(grouped(about.clipped))]),
        ]}
      />
      {knownText !== undefined && <Fact name={words.known} texts={[knownText]} />}
      <Fact name={words.time} texts={[words.timeOf(Math.round(learned.milliseconds))]} />
    </dl>
  );
}

function Fact({ name, texts }: { readonly name: string; readonly texts: readonly string[] }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      {texts.map((text) => (
        <dd key={text}>{text}</dd>
      ))}
    </div>
  );
}

