import { findingsOf } from '../book/chapter.ts';
import type { Section } from '../book/finding.ts';
import { agreesWithBook } from '../book/report.ts';
import type { Messages } from '../languages/messages.ts';
import type { AnyLearned } from '../learn/learn-any.ts';
import { aboutLayers, aboutMissing } from '../learn/layers-result.ts';
import { aboutNearness, aboutOptimiser, aboutResemblance, brief, nearSolution, nearTruth } from '../learn/result.ts';
import { chapterTables } from './chapter-tables.ts';
import { kernelFigures, layersFigures } from './kernel-figures.ts';
import { lossPlot } from './loss-plot.ts';
import { html, type Content, type Markup } from './markup.ts';
import { style } from './style.ts';

/** What a page is made of. */
export interface PageContents {
  readonly messages: Messages;
  readonly sections: readonly Section[];
  /** Figures of the photograph and its edges. */
  readonly edges: readonly Markup[];
  readonly learned: AnyLearned;
  /** Figures of the input, the target, the prediction, and the difference. */
  readonly pictures: readonly Markup[];
  /** The same of a picture that was not learned from, where there is one. */
  readonly others: readonly Markup[];
  /** What ran: a name and a version each. */
  readonly versions: readonly (readonly [name: string, version: string])[];
}

/** Names of files are kept from turning the text around them. */
function fileName(name: string): Markup {
  return html`<bdi>${name}</bdi>`;
}

function facts(entries: readonly (readonly [string, Content])[]): Markup {
  return html`<dl class="facts">
${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`)}</dl>`;
}

/** Whether every result is as the book prints it, in a sentence. */
export function verdict(sections: readonly Section[], messages: Messages): string {
  const compared = findingsOf(sections).filter(({ agrees }) => agrees !== undefined).length;
  const different = findingsOf(sections).filter(({ agrees }) => agrees === false).length;
  return different === 0 ? messages.allAgree(compared) : messages.someDiffer(different, compared);
}

function lessonFacts(learned: AnyLearned): Markup {
  const { lesson, options, fit, training } = learned;
  const resembles = learned.kind === 'kernel' ? aboutResemblance(learned) : undefined;
  const [fromTruth, fromSolution] = [nearTruth(learned), nearSolution(learned)];
  return facts([
    ['input', html`${fileName(lesson.input.name)}, [${fit.input.join(', ')}]`],
    ['target', html`${fileName(lesson.target.name)}, [${fit.target.join(', ')}], padding ${fit.padding}`],
    [learned.kind === 'layers' ? 'layers' : 'kernel', learned.kind === 'layers' ? `${aboutLayers(learned)}, started from uniform taps with the seed ${options.seed}` : `${fit.kernel.join(' x ')}, started from ${options.init}${options.init === 'uniform' ? ` with the seed ${options.seed}` : ''}`],
    ['steps', `${options.steps}, ${aboutOptimiser(learned)}`],
    ['loss', `${brief(training.losses[0] ?? Number.NaN)} at first, ${brief(training.losses.at(-1) ?? Number.NaN)} at last (mean squared error${options.whiten === true ? ', whitened' : ''})`],
    ...(learned.kind === 'kernel' && options.bias === true ? [['bias', brief(learned.training.bias)] as const] : []),
    ...(fromTruth === undefined ? [] : [['true kernel', aboutNearness(fromTruth)] as const]),
    ...(fromSolution === undefined ? [] : [['least-squares kernel', aboutNearness(fromSolution)] as const]),
    ...(resembles === undefined ? [] : [['resembles', resembles] as const]),
    ...(learned.kind === 'layers' ? aboutMissing(learned).map((text, index) => [index === 0 ? 'explains' : 'and', text] as const) : []),
  ]);
}

/** The parts of the page, each under a heading with an anchor. */
function parts({ sections, messages, edges, learned, pictures, others, versions }: PageContents): readonly { readonly id: string; readonly title: string; readonly body: Markup }[] {
  const { training } = learned;
  return [
    {
      id: 'chapter',
      title: 'The chapter',
      body: html`<p>The numbers of the chapter ${'\u201C'}${messages.chapter}${'\u201D'} of <em>Dive into Deep Learning</em>, each computed by a compiled program and held against what the book prints.</p>
${chapterTables(sections, messages)}`,
    },
    { id: 'edges', title: 'The edges of a photograph', body: html`<div class="figures">
${edges}</div>` },
    {
      id: 'kernel',
      title: learned.kind === 'layers' ? 'Two layers that were learned' : 'A kernel that was learned',
      body: html`<p>Gradient descent on the mean squared error between the target and the ${learned.options.convolve === true ? 'strict convolution' : 'cross-correlation'} of the input with the ${learned.kind === 'layers' ? 'kernels of two layers, one after the other' : 'kernel'}.</p>
${lessonFacts(learned)}
${learned.kind === 'layers' ? layersFigures(learned) : kernelFigures(learned)}
<div class="figures">
<figure>${lossPlot(training.losses)}
<figcaption><strong>The loss</strong> before each step and after the last, on a logarithmic axis${training.losses.includes(0) ? ', which has no place for a loss of 0' : ''}.</figcaption></figure>
</div>`,
    },
    { id: 'pictures', title: 'Target and prediction', body: html`<div class="figures pairs">
${pictures}</div>` },
    ...(others.length === 0 ? [] : [{ id: 'others', title: 'A picture that was not learned from', body: html`<div class="figures pairs">
${others}</div>` }]),
    {
      id: 'source',
      title: 'The code of a step',
      body: html`<p>What the compiler made of the correlation, the loss, its gradient and the optimiser: the code that ran in each step. The padding that a step needs, if any, is in it.</p>
<pre tabindex="0"><code>${training.source}</code></pre>`,
    },
    { id: 'versions', title: 'Versions', body: facts(versions) },
  ];
}

/** A page that stands alone: pictures, plots and style are inside, and it has no scripts. The same contents give the same text. */
export function page(contents: PageContents): string {
  const all = parts(contents);
  const { sections, messages } = contents;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
<meta name="generator" content="xcorr"/>
<link rel="icon" href="data:,"/>
<title>xcorr: what was computed and learned</title>
<style>
${{ markup: style }}
</style>
</head>
<body>
<header>
<h1>What xcorr computed and learned</h1>
<p class="verdict ${agreesWithBook(sections) ? 'agrees' : 'differs'}">${verdict(sections, messages)}</p>
<nav aria-label="Contents"><ul>
${all.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>
`)}</ul></nav>
</header>
<main>
${all.map(({ id, title, body }) => html`<section id="${id}">
<h2>${title}</h2>
${body}
</section>
`)}</main>
</body>
</html>
`.markup;
}
