import type { Kernel } from '@xcorr/image';
import { missingShare, usualChannels, type LearnedLayers } from './learn-layers.ts';
import { brief, closingLines, comparison, kernelLines, kernelsLines, lessonLines, nearnessLines, nearSolution, nearTruth, printLines, shortestKernel, trainingDocument, type Line, type Nearness, type TrainingDocument } from './result.ts';

/** Of a network that is as it was taught, less than this share of the power is missing; of one that had to learn from noise, at least less than half. */
const shares = { clean: 1e-3, noisy: 0.5 } as const;

/** One of two layers: its kernels, and the one that made the target, where it is known. */
export interface LayerDocument {
  readonly kernels: readonly Kernel[];
  readonly truth?: Kernel;
}

/** Two learned layers as they are kept in a file. Without an activation `kernel` is the one that they are together: `xcorr filter` reads it. */
export interface LayersDocument extends TrainingDocument {
  readonly kernel?: Kernel;
  readonly layers: readonly LayerDocument[];
  readonly channels: number;
  readonly activation?: string;
  readonly truth?: Nearness;
  readonly leastSquares?: Nearness;
  readonly missing: Missing;
}

/** The shares of power that are missing from what the layers make. */
export interface Missing {
  readonly target: number;
  /** Of a picture that was not learned from, held against what it should be without noise. */
  readonly other?: number;
}

export function missingOf({ lesson, training, probed }: LearnedLayers): Missing {
  const target = missingShare(training.prediction, lesson.target.values);
  return probed === undefined ? { target } : { target, other: missingShare(probed.prediction, probed.target.values) };
}

export function layersDocument(learned: LearnedLayers): LayersDocument {
  const { layers, options, training } = learned;
  const [truth, solution] = [nearTruth(learned), nearSolution(learned)];
  return {
    ...(training.kernel === undefined ? {} : { kernel: shortestKernel(training.kernel) }),
    layers: training.layers.map((kernels, index) => ({ kernels: kernels.map(shortestKernel), ...(layers.truth?.[index] === undefined ? {} : { truth: layers.truth[index] }) })),
    channels: options.channels ?? usualChannels,
    ...(layers.activation === undefined ? {} : { activation: layers.activation }),
    ...(truth === undefined ? {} : { truth }),
    ...(solution === undefined || layers.activation !== undefined ? {} : { leastSquares: solution }),
    missing: missingOf(learned),
    ...trainingDocument(learned),
  };
}

/** What the layers are, in words. */
export function aboutLayers({ layers: { first, second, activation }, options: { channels = usualChannels } }: Pick<LearnedLayers, 'layers' | 'options'>): string {
  const kernels = ([rows, columns]: readonly [number, number]): string => `${channels} kernel${channels === 1 ? '' : 's'} of ${rows} x ${columns}`;
  return `${kernels(first)}, ${activation ?? 'nothing between'}, ${kernels(second)}`;
}

/** How much of what was wanted the layers make, in words. */
export function aboutMissing(learned: LearnedLayers): readonly string[] {
  const { target, other } = missingOf(learned);
  const { noise } = learned.options;
  return [
    `${explained(target)} of the power of the target${noise === undefined ? '' : ', noise included'}`,
    ...(other === undefined || learned.probed === undefined ? [] : [`${explained(other)} of ${learned.probed.target.name}${noise === undefined ? '' : ' without noise'}: it was not learned from`]),
  ];
}

function explained(missing: number): string {
  return missing < 1 ? `all but ${brief(missing)}` : `nothing (the error has ${brief(missing)} times the power)`;
}

/** How wide kernels stand beside one another. */
const widest = 100;

/** Kernels of one layer, as many beside one another as a screen holds. */
function layerLines(what: string, kernels: readonly Kernel[]): readonly Line[] {
  const blocks = kernels.map((kernel) => kernelLines('', kernel).map(([, text]) => text));
  const width = Math.max(...blocks.map(([row = '']) => row.length));
  const beside = Math.max(1, Math.floor(widest / (width + 3)));
  const lines: string[] = [];
  for (let first = 0; first < blocks.length; first += beside) {
    const group = blocks.slice(first, first + beside);
    for (const row of blocks[0]?.keys() ?? []) lines.push(group.map((block) => (block[row] ?? '').padStart(width)).join('   '));
    if (first + beside < blocks.length) lines.push('');
  }
  return lines.map((text, index) => [index === 0 ? what : '', text]);
}

/** What a person wants to know of two layers that were learned, line by line. */
export function layersSummary(learned: LearnedLayers, written: readonly string[]): string {
  const { layers, training, truth } = learned;
  return printLines([
    ...lessonLines(learned),
    ['layers', aboutLayers(learned)],
    ...training.layers.flatMap((kernels, index) => [...(layers.truth?.[index] === undefined ? [] : kernelLines(`true ${index + 1}`, layers.truth[index])), ...layerLines(`layer ${index + 1}`, kernels)]),
    ...(training.kernel === undefined ? [] : [['together', `the one kernel that the layers are, of ${training.kernel.length} x ${training.kernel[0]?.length ?? 0}`] as const, ...kernelsLines(truth, training.kernel)]),
    ...nearnessLines(learned),
    ...aboutMissing(learned).map((text, index) => [index === 0 ? 'explains' : '', text] as const),
    ...(isUntaught(learned) ? [['nearer', 'more --steps, or another --optimiser or --seed, may explain more'] as const] : []),
    ...closingLines(learned, written),
  ]);
}

/** Whether layers with an activation miss what they were taught. */
function isUntaught(learned: LearnedLayers): boolean {
  const { target, other = target } = missingOf(learned);
  return learned.layers.activation !== undefined && !(other <= shares[learned.options.noise === undefined ? 'clean' : 'noisy']);
}

/** Several optimisers at one lesson for two layers: a line for each. */
export function layersComparison(all: readonly LearnedLayers[]): string {
  const missing = all.map((learned) => {
    const { target, other } = missingOf(learned);
    return brief(other ?? target);
  });
  return comparison(all, [`missing of ${all[0]?.probed === undefined ? 'the target' : 'another picture'}`, ...missing]);
}
