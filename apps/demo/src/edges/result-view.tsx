import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Compare } from './compare.tsx';
import { FactsView } from './facts-view.tsx';
import { NumbersView } from './numbers-view.tsx';
import type { PartProps } from './parts.ts';
import type { Problem } from './outcome.ts';
import type { Activity } from './session.ts';
import type { EdgesWords } from './words.ts';

/** The last good result, what is going on, and what went wrong. */
export function ResultView({ state, session, words }: PartProps): VNode {
  const shown = session.shown.value;
  const problem = session.problem.value;
  return (
    <section class="edges-result" aria-labelledby="edges-result-heading">
      <h3 id="edges-result-heading" class="edges-hidden">
        {words.result.heading}
      </h3>
      {problem !== undefined && (
        <div class="edges-problem" role="alert">
          <p>{problemText(problem, words)}</p>
          {shown !== undefined && <p>{words.result.lastStays}</p>}
        </div>
      )}
      {shown === undefined && problem === undefined && <div class="edges-empty" />}
      {shown?.kind === 'numbers' && <NumbersView shown={shown} words={words} />}
      {shown?.kind === 'picture' && <Compare shown={shown} surfaces={session.surfaces} state={state} words={words} />}
      {shown !== undefined && <FactsView shown={shown} words={words} isLive={session.framesPerSecond.value !== undefined} />}
      <ActivityView activity={session.activity.value} cancel={session.cancel} words={words.result} />
    </section>
  );
}

/** A sentence for what went wrong. */
function problemText(problem: Problem, { problems }: EdgesWords): string {
  switch (problem.kind) {
    case 'no-picture':
      return problems['no-picture'](problem);
    case 'damaged':
      return problems.damaged(problem);
    case 'too-many-pixels':
      return problems['too-many-pixels'](problem);
    case 'too-many-bytes':
      return problems['too-many-bytes'](problem);
    case 'kernel-outreaches':
      return problems['kernel-outreaches'](problem);
    case 'failed':
      return problems.failed(problem);
  }
}

/** Its place is kept free: nothing moves when work begins and ends. Work that is done at once is never announced. */
function ActivityView({ activity, cancel, words }: { readonly activity: Activity; readonly cancel: () => Promise<void>; readonly words: EdgesWords['result'] }): VNode {
  const said = useRef<HTMLSpanElement>(null);
  const isBusy = activity.kind === 'working' || activity.kind === 'reading';
  return (
    <div class="edges-activity">
      {isBusy && (
        <div class="edges-busy">
          {activity.kind === 'working' ? (
            <progress aria-label={words.working} value={activity.done} max={activity.of} />
          ) : (
            <progress aria-label={words.reading} />
          )}
          <span class="edges-quiet">{activity.kind === 'working' ? words.rows(activity.done, activity.of) : words.reading}</span>
          <button
            type="button"
            onClick={() => {
              // The button goes: who was on it goes on from here.
              said.current?.focus();
              void cancel();
            }}
          >
            {words.cancel}
          </button>
        </div>
      )}
      <span role="status" tabIndex={-1} ref={said}>
        {activity.kind === 'cancelled' ? words.cancelled : ''}
      </span>
    </div>
  );
}
