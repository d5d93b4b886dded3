import { compile, type Backend } from '@xcorr/compiler';
import { evaluate, input, NdArray } from '@xcorr/graph';
import type { Kernel } from '@xcorr/image';
import { load, type Optimiser } from '@xcorr/nn';
import { printCode } from '../backends/print-code.ts';
import { CommandError } from '../command-error.ts';
import { prospectOf, type Prospect } from './curvature.ts';
import type { Fit } from './fit.ts';
import { checkSeen, fitOf } from './learn.ts';
import type { Known, KnownName } from './learning-step.ts';
import { composed, initialLayers, layersPrediction, layersStep, responseOf, weightNames, type LayersModel, type TwoLayers } from './layers.ts';
import type { Lesson, Probe } from './lesson.ts';
import { layersOptimiserFor, smallerRate } from './optimisers.ts';
import type { LearnOptions } from './options.ts';
import { checkLosses, takeSteps } from './steps.ts';
import { distanceBetween, type Training } from './train.ts';

/** What came of the steps. */
export interface LayersTraining extends Omit<Training, 'kernel' | 'bias'> {
  /** The kernels of each layer, a channel each. */
  readonly layers: readonly [first: readonly Kernel[], second: readonly Kernel[]];
  /** The one kernel that the layers are; undefined where an activation is between them. */
  readonly kernel?: Kernel;
}

/** What the layers make of a picture that they did not learn from. */
export interface Probed extends Probe {
  readonly prediction: NdArray;
}

/** Two layers that were learned, with everything that led to them. */
export interface LearnedLayers {
  readonly kind: 'layers';
  readonly lesson: Lesson;
  readonly options: LearnOptions;
  readonly layers: TwoLayers;
  readonly fit: Fit;
  readonly optimiser: Optimiser;
  readonly prospect: Prospect;
  /** The one kernel that the layers should be; undefined where it is not known, or an activation is between them. */
  readonly truth?: Kernel;
  readonly training: LayersTraining;
  readonly probed?: Probed;
}

/** A lesson for two layers that is understood. */
export interface PreparedLayers {
  readonly kind: 'layers';
  readonly lesson: Lesson;
  readonly options: LearnOptions;
  readonly model: LayersModel;
  readonly prospect: Prospect;
}

/**
 * Looks at a lesson for two layers before any step. How their loss curves is not the same everywhere; that of the one kernel which they are
 * together, or would be without their activation, says what rates are usable.
 *
 * @throws CommandError when the sizes do not fit, or the input is 0 everywhere.
 */
export async function prepareLayers(lesson: Lesson, layers: TwoLayers, options: LearnOptions): Promise<PreparedLayers> {
  const { input: seen, target, kernel } = lesson;
  checkLayersOptions(options);
  const { whiten = false, channels = usualChannels } = options;
  const shape = fitOf(lesson, 'valid', { whiten });
  const none = Array.from({ length: kernel[0] }, () => Array.from({ length: kernel[1] }, () => 0));
  const prospect = await prospectOf({ fit: shape, initial: none, bias: false, whiten }, { input: seen.values, target: target.values });
  checkSeen(lesson, shape, prospect, { whiten });
  return { kind: 'layers', lesson, options, model: { fit: shape, layers, channels, whiten }, prospect };
}

/** Four channels of 3 x 3 and 3 x 3 make any kernel of 5 x 5. */
export const usualChannels = 4;

/** [channels, 1, h, w] or [1, channels, h, w] as kernels. */
function kernelsOf({ shape, data }: NdArray): readonly Kernel[] {
  const [rows = 0, columns = 0] = shape.slice(2);
  return Array.from({ length: data.length / (rows * columns) }, (_, channel) =>
    Array.from({ length: rows }, (__, row) => Array.from(data.subarray((channel * rows + row) * columns, (channel * rows + row + 1) * columns))),
  );
}

/**
 * Learns two layers that make the target of the input.
 *
 * @throws CommandError when the loss does not stay finite, or a momentum is asked for that the optimiser does not have.
 */
export async function learnLayers({ lesson, options, model, prospect }: PreparedLayers, backend: Backend<'async'>, progress?: (done: number, loss: number) => void): Promise<LearnedLayers> {
  const { fit, layers } = model;
  const { truth } = lesson;
  const optimiser = layersOptimiserFor(options, prospect, Math.max(layers.first[0] * layers.first[1], layers.second[0] * layers.second[1]));
  const known: Known = layers.activation === undefined ? { ...(truth === undefined ? {} : { truth }), ...(prospect.solution === undefined ? {} : { solution: prospect.solution.kernel }) } : {};
  const remedy = `try a smaller one, such as --lr ${Number(smallerRate(optimiser, prospect.curvatures).toPrecision(2))}`;
  const start = initialLayers(model, options.seed);
  const feeds = { X: lesson.input.values, Y: lesson.target.values };

  const begin = performance.now();
  const made = layersStep(model, start, optimiser, known);
  const names = Object.keys(made.outputs);
  const step = await compile(made, backend);
  const compiled = performance.now();
  const recorded = await takeSteps((times) => step.run(feeds, { times, record: names }), names, { steps: options.steps, optimiser, remedy, ...(progress === undefined ? {} : { progress }) });
  const ran = performance.now() - compiled;

  const weights = await Promise.all(weightNames.map(async (name) => [name, (await step.state[name]) ?? new NdArray([0], new Float32Array(0))] as const));
  const network = load(start, weights);
  const last = await (await compile(layersPrediction(model, network), backend)).run(feeds);
  const losses = [...(recorded.get('loss') ?? []), last.loss.item()];
  checkLosses(losses, options.steps, optimiser, remedy);
  const one = layers.activation === undefined ? composed(network) : undefined;
  const kernel = one === undefined ? undefined : kernelsOf(withChannels(evaluate(one)))[0];
  const from = (name: KnownName): readonly number[] | undefined => (known[name] === undefined || kernel === undefined ? undefined : [...(recorded.get(name) ?? []), distanceBetween(kernel, known[name])]);
  const [first = [], second = []] = weights.map(([, values]) => kernelsOf(values));
  const { ranOn, artifact } = step;
  const training: LayersTraining = {
    layers: [first, second],
    ...(kernel === undefined ? {} : { kernel }),
    losses,
    distances: { truth: from('truth'), solution: from('solution') },
    prediction: last.prediction,
    source: artifact === undefined ? '' : printCode(artifact),
    ranOn,
    compiled: compiled - begin,
    ran,
  };
  const probed = await probe(lesson.probe, async (values) => {
    const X = input('X', values.shape);
    return (await (await compile({ inputs: { X }, state: network.parameters, outputs: { made: responseOf(network, X) } }, backend)).run({ X: values })).made;
  });
  return { kind: 'layers', lesson, options, layers, fit, optimiser, prospect, ...(truth === undefined ? {} : { truth }), training, ...(probed === undefined ? {} : { probed }) };
}

async function probe(asked: Probe | undefined, respond: (values: NdArray) => Promise<NdArray>): Promise<Probed | undefined> {
  return asked === undefined ? undefined : { ...asked, prediction: await respond(asked.input.values) };
}

function withChannels({ shape, data }: NdArray): NdArray {
  return new NdArray([1, 1, ...shape], data);
}

/** The share of the power of what was wanted that is missing from what was made: 0 where they are the same. */
export function missingShare(made: NdArray, wanted: NdArray): number {
  let [missing, power] = [0, 0];
  for (const [index, value] of wanted.data.entries()) {
    missing += ((made.data[index] ?? 0) - value) ** 2;
    power += value ** 2;
  }
  return missing / power;
}

/** Options of one kernel that two layers do not have. */
export function checkLayersOptions({ bias, convolve, init, padding }: LearnOptions): void {
  const refused: readonly (readonly [boolean, string, string])[] = [
    [bias === true, '--bias', 'two layers are learned without a bias'],
    [convolve === true, '--convolve', 'two layers correlate'],
    [init !== 'uniform', `--init ${init}`, 'two layers start from uniform taps (from zeros there is no way down: each layer gets its gradient through the other)'],
    [padding === 'same', '--padding same', 'two layers see nothing beyond the border'],
  ];
  for (const [given, option, law] of refused) if (given) throw new CommandError(`--then with ${option}: ${law}\n  leave out ${option.split(' ')[0] ?? option} or --then`);
}
