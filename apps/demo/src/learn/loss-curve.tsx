import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { linesOf, type Curve } from './curve.ts';
import type { PlotLabels } from './loss-plot.tsx';
import { lossText } from './number-text.ts';
import type { LearnWords } from './words.ts';

type Plot = (props: { readonly curve: Curve; readonly labels: PlotLabels; readonly text: string }) => VNode;

/** Kept for the next time that the tab is shown. */
let loadedPlot: Plot | undefined;

/** Undefined where its script does not come: then there is the table. */
async function loadPlot(): Promise<Plot | undefined> {
  try {
    loadedPlot = (await import('./loss-plot.tsx')).LossPlot;
    return loadedPlot;
  } catch {
    return undefined;
  }
}

export type LossCurveProps = {
  readonly curve: Curve;
  /** Whether there is time to load what draws the curve. */
  readonly mayLoad: boolean;
  readonly words: LearnWords;
};

/** The losses as a curve, whose script is loaded after the first result, and as a table. */
export function LossCurve({ curve, mayLoad, words }: LossCurveProps): VNode {
  const plot = useSignal<{ readonly Plot: Plot } | undefined>(loadedPlot && { Plot: loadedPlot });
  useEffect(() => {
    if (mayLoad && plot.peek() === undefined) void loadPlot().then((Plot) => (plot.value = Plot && { Plot }));
  }, [mayLoad]);
  const lines = linesOf(curve);
  const shown = plot.value;
  const hasPoints = curve.total > 0;
  return (
    <section class="learn-losses">
      <h3>{words.lossCurve}</h3>
      <div class="learn-plot-place">
        {hasPoints && shown !== undefined ? (
          <shown.Plot curve={curve} labels={{ step: words.stepColumn, loss: words.lossOfStep }} text={words.curveText(curve.total, lossText(curve.head[0]), lossText(curve.last))} />
        ) : (
          <p class="learn-quiet">{hasPoints ? '' : words.noLosses}</p>
        )}
      </div>
      <details>
        <summary>{words.lossTable}</summary>
        <div class="learn-scroll learn-tall" role="region" aria-label={words.lossTable} tabIndex={0}>
          <table class="learn-table">
            <thead>
              <tr>
                <th scope="col">{words.stepColumn}</th>
                <th scope="col">{words.lossColumn}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ step, loss }) => (
                <tr key={step}>
                  <td>{step}</td>
                  <td>{lossText(loss)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
