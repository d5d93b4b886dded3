import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { pointsOf, type Curve } from './curve.ts';
import { styleOf, useThemeChanges } from './theme-change.ts';

const height = 260;

/** Labels that fit above one another. */
const mostLabels = 8;

/** The powers of ten among the places of an axis, or some of them where there are many; nothing in the others' places. */
function powersIn(_: uPlot, places: readonly number[]): (number | null)[] {
  const powers = places.map((place) => Math.log10(place)).map((power) => (Math.abs(power - Math.round(power)) < 1e-9 ? Math.round(power) : null));
  const apart = Math.ceil(powers.filter((power) => power !== null).length / mostLabels);
  return places.map((place, index) => {
    const power = powers[index];
    return power !== null && power !== undefined && power % apart === 0 ? place : null;
  });
}

function tickText(value: number | null): string {
  if (value === null) return '';
  return value >= 1e-3 && value < 1e5 ? String(value) : `1e${Math.round(Math.log10(value))}`;
}

function optionsFor(element: Element, width: number, labels: PlotLabels): uPlot.Options {
  const colour = (name: string) => () => styleOf(element, name);
  const axis: uPlot.Axis = { stroke: colour('--text-quiet'), grid: { stroke: colour('--surface-raised'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif', labelSize: 22 };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: (_, low, high) => (low === high ? [low - 1, high + 1] : [low, high]) }, y: { distr: 3 } },
    series: [{}, { stroke: colour('--accent'), width: 2, spanGaps: false, points: { size: 6, fill: colour('--surface') } }],
    axes: [
      { ...axis, label: labels.step, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5] },
      { ...axis, label: labels.loss, size: 56, filter: powersIn, grid: { ...axis.grid, filter: powersIn }, ticks: { ...axis.ticks, filter: powersIn }, values: (_, splits) => splits.map(tickText) },
    ],
  };
}

function dataOf(curve: Curve): uPlot.AlignedData {
  const { steps, losses } = pointsOf(curve);
  return [[...steps], [...losses]];
}

export type PlotLabels = { readonly step: string; readonly loss: string };

/** The curve on a logarithmic scale, as wide as there is room. */
export function LossPlot({ curve, labels, text }: { readonly curve: Curve; readonly labels: PlotLabels; readonly text: string }): VNode {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useThemeChanges();
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const made = new uPlot(optionsFor(element, Math.max(200, element.clientWidth), labels), dataOf(curve), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: Math.max(200, element.clientWidth), height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [labels.step, labels.loss]);
  useLayoutEffect(() => plot.current?.setData(dataOf(curve)), [curve]);
  useEffect(() => plot.current?.redraw(false), [theme]);
  return <div ref={host} class="learn-plot" role="img" aria-label={text} />;
}
