import type { Kernel } from '@xcorr/image';
import type { LearnedLayers } from '../learn/learn-layers.ts';
import type { Learned } from '../learn/learn.ts';
import { lessKernel } from '../learn/result.ts';
import { kernelMap } from './kernel-map.ts';
import { html, type Markup } from './markup.ts';

const colours = 'Orange is positive, blue negative; the stronger, the farther from 0.';

/** Kernels of more columns need more room for their numbers. */
const mostColumnsOfFew = 3;

function figure(kernel: Kernel, title: string, about: string): Markup {
  return captioned(kernel, title, html`<strong>${title}</strong>: ${about} ${colours}`);
}

function captioned(kernel: Kernel, title: string, caption: Markup): Markup {
  return html`<figure>${kernelMap(kernel, title)}
<figcaption>${caption}</figcaption></figure>
`;
}

/** Heat maps: the kernel that should be learned and the difference, where they are known, on both sides of the one that was. */
export function kernelFigures({ truth, training, prospect }: Pick<Learned, 'truth' | 'prospect'> & { readonly training: Pick<Learned['training'], 'kernel'> }, learned = 'its taps after the last step.'): Markup {
  const goal = truth ?? prospect.solution?.kernel;
  const [name, about] = truth === undefined ? ['The least-squares kernel', 'the one whose loss is least, solved for.'] : ['The target kernel', 'the one that made the target.'];
  return html`<div class="figures kernels">
${goal === undefined ? undefined : figure(goal, name, about)}${figure(training.kernel, 'The learned kernel', learned)}${goal === undefined ? undefined : figure(lessKernel(training.kernel, goal), 'The difference', `the learned kernel less ${name.toLowerCase()}, in colours of its own scale.`)}</div>`;
}

/** Heat maps of both layers, and of the one kernel that they are together, where nothing is between them. */
export function layersFigures({ layers, training, truth, prospect }: LearnedLayers): Markup {
  const { kernel } = training;
  const names = ['first', 'second'] as const;
  return html`<p>Channels have no order, and what one layer is multiplied by the other may be divided by: kernels of a layer need not be like the one that made the target. ${colours}</p>
${names.map((name, index) => {
  const goal = layers.truth?.[index];
  const learned = training.layers[index] ?? [];
  return html`<h3>The ${name} layer</h3>
<div class="figures ${[goal, ...learned].some((each) => (each?.[0]?.length ?? 0) > mostColumnsOfFew) ? 'kernels' : 'channels'}">
${goal === undefined ? undefined : captioned(goal, `The target's ${name} kernel`, html`<strong>The target's</strong>`)}${learned.map((each, channel) => captioned(each, `Channel ${channel + 1} of the ${name} layer, learned`, html`<strong>Channel ${channel + 1}</strong>, learned`))}</div>
`;
})}${kernel === undefined ? undefined : html`<h3>Both layers as one kernel</h3>
${kernelFigures({ ...(truth === undefined ? {} : { truth }), prospect, training: { kernel } }, 'what the two layers are together after the last step.')}`}`;
}
