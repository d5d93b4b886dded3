import { filteredSide as rows, learningRate, side, taps, type Pair } from './learning-step.ts';
import { giveBack, numbersOf, rawGpu, type RawKernel } from './raw-gpujs.ts';

// The step of learning-step.ts, written by hand for gpu.js: what generated kernels are measured against. Three kernels a
// step: the residual, its product with the picture summed along each row, and the update, which sums the rows. Buffers are
// read flat; taps are unrolled, a row of taps a statement; rows are summed four elements a turn. The update alone reads what
// it wrote, so its output alone is a fresh texture each step.

const x = 'this.thread.x';
const y = 'this.thread.y';
const z = 'this.thread.z';

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

const rowOfTaps = (row: number): string => range(taps).map((column) => `x[(${y} + ${row}) * ${side} + ${x} + ${column}] * w[${row * taps + column}]`).join(' + ');
const product = (column: string): string => `r[${x} * ${rows} + ${column}] * x[(${x} + ${z}) * ${side} + ${y} + ${column}]`;
const inFours = rows - (rows % 4);
const rest = range(rows - inFours).map((column) => ` s = s + ${product(String(inFours + column))};`).join('');

const sources = {
  picture: { source: `function(a) { return a[${y} * ${side} + ${x}]; }`, output: [side, side] },
  target: { source: `function(a) { return a[${y} * ${rows} + ${x}]; }`, output: [rows, rows] },
  weights: { source: `function(a) { return a[${x}]; }`, output: [taps * taps] },
  residual: {
    source: `function(x, w, y) { let s = 0; ${range(taps).map((row) => `s = s + ${rowOfTaps(row)};`).join(' ')} return s - y[${y} * ${rows} + ${x}]; }`,
    output: [rows, rows],
  },
  gradientRows: {
    source: `function(x, r) { let s = 0; for (let u = 0; u < ${inFours}; u += 4) { s = s + ${range(4).map((each) => product(`u + ${each}`)).join(' + ')}; }${rest} return s; }`,
    output: [rows, taps, taps],
  },
  update: {
    source: `function(w, g) { let s = 0; for (let v = 0; v < ${rows}; v++) { s = s + g[${x} * ${rows} + v]; } return w[${x}] - s * ${(2 * learningRate) / rows ** 2}; }`,
    output: [taps * taps],
  },
  lossRows: { source: `function(r) { let s = 0; for (let u = 0; u < ${rows}; u++) { const e = r[${x} * ${rows} + u]; s = s + e * e; } return s; }`, output: [rows] },
  loss: { source: `function(p) { let s = 0; for (let v = 0; v < ${rows}; v++) { s = s + p[v]; } return s * ${1 / rows ** 2}; }`, output: [1] },
} as const;

/** A step that stays on the device: its loss and its kernel are read when they are asked for. */
export interface HandWrittenStep {
  readonly step: () => Promise<void>;
  readonly readLoss: () => Promise<number>;
  readonly readKernel: () => Promise<readonly number[]>;
  readonly destroy: () => Promise<void>;
}

/** Puts a pair on the device. In mode `cpu` outputs of two dimensions cannot be read flat: there it does not run. */
export async function handWrittenStep(mode: string, pair: Pair): Promise<HandWrittenStep> {
  const gpu = await rawGpu(mode);
  const make = (name: keyof typeof sources): RawKernel => {
    const { source, output } = sources[name];
    return gpu.createKernel(source, {
      output,
      precision: 'single',
      tactic: 'precision',
      fixIntegerDivisionAccuracy: false,
      pipeline: true,
      immutable: name === 'update',
      loopMaxIterations: 0x7fffffff,
    });
  };
  const [residualOf, gradientRows, update, lossRows, loss] = [make('residual'), make('gradientRows'), make('update'), make('lossRows'), make('loss')];
  const picture: unknown = await make('picture')(pair.picture);
  const target: unknown = await make('target')(pair.filtered);
  let weights: unknown = await make('weights')(new Float32Array(taps * taps));
  let residual: unknown;
  return {
    step: async () => {
      residual = await residualOf(picture, weights, target);
      const next: unknown = await update(weights, await gradientRows(picture, residual));
      giveBack(weights);
      weights = next;
    },
    readLoss: async () => {
      const [value = Number.NaN] = await numbersOf(loss(await lossRows(residual)));
      return value;
    },
    readKernel: () => numbersOf(weights),
    destroy: async () => {
      await gpu.destroy();
    },
  };
}
