import type { Kernel } from '@xcorr/image';
import { findingsOf } from '../book/chapter.ts';
import type { Section } from '../book/finding.ts';
import { agreesWithBook } from '../book/report.ts';
import type { Messages } from '../languages/messages.ts';
import type { Learned } from '../learn/learn.ts';
import { aboutNearness, aboutOptimiser, aboutResemblance, brief, lessKernel, nearSolution, nearTruth } from '../learn/result.ts';
import { chapterTables } from './chapter-tables.ts';
import { kernelMap } from './kernel-map.ts';
import { lossPlot } from './loss-plot.ts';
import { html, type Content, type Markup } from './markup.ts';
import { style } from './style.ts';

/** What a page is made of. */
export interface PageContents {
  readonly messages: Messages;
  readonly sections: readonly Section[];
  /** Figures of the photograph and its edges. */
  readonly edges: readonly Markup[];
  readonly learned: Learned;
  /** Figures of the input, the target, the prediction, and the difference. */
  readonly pictures: readonly Markup[];
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

function lessonFacts(learned: Learned): Markup {
  const { lesson, options, fit, training } = learned;
  const resembles = aboutResemblance(learned);
  const [fromTruth, fromSolution] = [nearTruth(learned), nearSolution(learned)];
  return facts([
    ['input', html`${fileName(lesson.input.name)}, [${fit.input.join(', ')}]`],
    ['target', html`${fileName(lesson.target.name)}, [${fit.target.join(', ')}], padding ${fit.padding}`],
    ['kernel', `${fit.kernel.join(' x ')}, started from ${options.init}${options.init === 'uniform' ? ` with the seed ${options.seed}` : ''}`],
    ['steps', `${options.steps}, ${aboutOptimiser(learned)}`],
    ['loss', `${brief(training.losses[0] ?? Number.NaN)} at first, ${brief(training.losses.at(-1) ?? Number.NaN)} at last (mean squared error${options.whiten === true ? ', whitened' : ''})`],
    ...(options.bias === true ? [['bias', brief(training.bias)] as const] : []),
    ...(fromTruth === undefined ? [] : [['true kernel', aboutNearness(fromTruth)] as const]),
    ...(fromSolution === undefined ? [] : [['least-squares kernel', aboutNearness(fromSolution)] as const]),
    ...(resembles === undefined ? [] : [['resembles', resembles] as const]),
  ]);
}

/** Heat maps: the kernel that should be learned and the difference, where they are known, on both sides of the one that was. */
function kernelFigures({ truth, training, prospect }: Learned): Markup {
  const colours = 'Orange is positive, blue negative; the stronger, the farther from 0.';
  const figure = (kernel: Kernel, title: string, about: string): Markup => html`<figure>${kernelMap(kernel, title)}
<figcaption><strong>${title}</strong>: ${about} ${colours}</figcaption></figure>
`;
  const goal = truth ?? prospect.solution?.kernel;
  const [name, about] = truth === undefined ? ['The least-squares kernel', 'the one whose loss is least, solved for.'] : ['The target kernel', 'the one that made the target.'];
  return html`<div class="figures kernels">
${goal === undefined ? undefined : figure(goal, name, about)}${figure(training.kernel, 'The learned kernel', 'its taps after the last step.')}${goal === undefined ? undefined : figure(lessKernel(training.kernel, goal), 'The difference', `the learned kernel less ${name.toLowerCase()}, in colours of its own scale.`)}</div>`;
}

/** The parts of the page, each under a heading with an anchor. */
function parts({ sections, messages, edges, learned, pictures, versions }: PageContents): readonly { readonly id: string; readonly title: string; readonly body: Markup }[] {
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
      title: 'A kernel that was learned',
      body: html`<p>Gradient descent on the mean squared error between the target and the ${learned.options.convolve === true ? 'strict convolution' : 'cross-correlation'} of the input with the kernel.</p>
${lessonFacts(learned)}
${kernelFigures(learned)}
<div class="figures">
<figure>${lossPlot(training.losses)}
<figcaption><strong>The loss</strong> before each step and after the last, on a logarithmic axis${training.losses.includes(0) ? ', which has no place for a loss of 0' : ''}.</figcaption></figure>
</div>`,
    },
    { id: 'pictures', title: 'Target and prediction', body: html`<div class="figures pairs">
${pictures}</div>` },
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
