import { plotStyle } from './loss-plot.ts';

/** How the page looks: on paper and screens, light and dark, from the width of a telephone on. It names no file of any kind. */
export const style: string = `:root { color-scheme: light dark; --page: #fff; --text: #1c2024; --quiet: #5b6570; --rule: #d9dee3; --panel: #f5f7f9; --accent: #1d63c4; --good: #177245; --bad: #b3261e; --positive: #c2570c; --negative: #1d63c4; }
@media (prefers-color-scheme: dark) { :root { --page: #15181c; --text: #e6e8eb; --quiet: #9aa4af; --rule: #343b43; --panel: #1d2126; --accent: #6ea8fe; --good: #5cc28a; --bad: #ff8a80; --positive: #b45309; --negative: #2563eb; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: break-word; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 3rem 0 0.75rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); font-size: 1.4rem; }
h3 { margin: 2rem 0 0.25rem; font-size: 1.1rem; }
p { margin: 0.5rem 0; max-width: 46rem; }
a { color: var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.quiet, figcaption { color: var(--quiet); }
.verdict { display: inline-block; margin: 1rem 0 0; padding: 0.4rem 0.9rem; border: 1px solid currentColor; border-radius: 0.4rem; font-weight: 600; }
.agrees { color: var(--good); }
.differs { color: var(--bad); font-weight: 600; }
.parts { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; }
.scrolled { max-width: 100%; overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.findings caption { padding: 0.75rem 0 0.25rem; text-align: left; font-weight: 600; }
.findings th, .findings td { padding: 0.3rem 0.9rem 0.3rem 0; text-align: left; vertical-align: top; white-space: nowrap; }
.findings tr { border-bottom: 1px solid var(--rule); }
.findings tbody th { font-weight: 400; }
.findings thead th { color: var(--quiet); font-size: 0.875rem; font-weight: 400; }
.matrix tr { border: 0; }
.findings .matrix td { padding: 0 0.75rem 0 0; text-align: right; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1.25rem; align-items: start; }
.channels { grid-template-columns: repeat(auto-fill, minmax(min(100%, 10.5rem), 1fr)); }
.pairs { grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
figure { margin: 1rem 0 0; }
figure > img, figure > svg { display: block; width: 100%; height: auto; }
figure > img { border: 1px solid var(--rule); background: var(--panel); }
.enlarged { image-rendering: pixelated; }
figcaption { margin-top: 0.4rem; font-size: 0.9rem; }
.plot { max-width: 640px; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.5rem; margin: 1rem 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; min-width: 0; }
.kernel .positive { fill: var(--positive); stroke: var(--rule); }
.kernel .negative { fill: var(--negative); stroke: var(--rule); }
.kernel text { font: 16px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: currentColor; pointer-events: none; }
.kernel .strong { fill: #fff; }
pre { margin: 1rem 0 0; padding: 1rem; max-height: 40rem; overflow: auto; border: 1px solid var(--rule); border-radius: 0.4rem; background: var(--panel); font: 0.85rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
${plotStyle}
@media (max-width: 40rem) { .plot text, .plot .axis { font-size: 17px; } }
@media (max-width: 40rem) { .findings { font-size: 0.875rem; } .findings th, .findings td { padding-right: 0.6rem; } .findings tbody th { min-width: 7.5rem; white-space: normal; } .findings .matrix td { padding-right: 0.4rem; } }
@media print { pre { max-height: none; white-space: pre-wrap; } h2, figure { break-inside: avoid; } }`;
