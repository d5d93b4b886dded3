import { columnRead, full, range, type Correlation } from './correlation.ts';

// Loops written out as JavaScript: sizes as literals, a block of rows and columns of results in locals, an element of the
// input loaded once for all results that use it, sums in double precision. V8 leaves functions above about 60 kB of
// bytecode unoptimised: kernels of many taps keep a loop over their rows, as if these were channels.

export interface JavaScriptSchedule {
  /** Rows and columns of results that are computed together. */
  readonly rows: number;
  readonly columns: number;
  /** Taps are read before the loops, or where they are used, or are literals. */
  readonly taps: 'locals' | 'memory' | readonly number[];
}

/** Rows from `firstRow` up to `lastRow`; the offsets say where in their arrays weights, output and input begin. */
export type Correlate = (
  x: Float32Array,
  w: Float32Array,
  y: Float32Array,
  firstRow: number,
  lastRow: number,
  other: Float32Array | undefined,
  weightOffset: number,
  outputOffset: number,
  inputOffset: number,
) => void;

/** Adds to dk, from `kernelOffset` on, the correlation of x with dy over the given rows. */
export type AddKernelSlope = (
  x: Float32Array,
  dy: Float32Array,
  dk: Float64Array,
  firstRow: number,
  lastRow: number,
  inputOffset: number,
  slopeOffset: number,
  kernelOffset: number,
) => void;

function isCorrelate(value: unknown): value is Correlate {
  return typeof value === 'function';
}

function isAddKernelSlope(value: unknown): value is AddKernelSlope {
  return typeof value === 'function';
}

/** The function that a source text returns. */
export function evaluated(source: string): unknown {
  // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- running what was written out is what it is for
  const made: unknown = new Function(source)();
  return made;
}

export function correlation(correlation: Correlation, schedule: JavaScriptSchedule): Correlate {
  const made = evaluated(correlationSource(correlation, schedule));
  if (!isCorrelate(made)) throw new TypeError('the source returns no function');
  return made;
}

export function kernelSlope(shape: KernelSlope): AddKernelSlope {
  const made = evaluated(kernelSlopeSource(shape));
  if (!isAddKernelSlope(made)) throw new TypeError('the source returns no function');
  return made;
}

/** The last block of rows and of columns overlaps the one before: results are only stored, so nothing is left over. */
export function correlationSource(correlation: Correlation, { rows, columns, taps }: JavaScriptSchedule): string {
  const { kernelHeight, kernelWidth, outputWidth, block } = full(correlation);
  const held = taps === 'locals' ? range(kernelHeight * kernelWidth * block).map((tap) => `const w${tap} = w[weightOffset + ${tap}];`) : [];
  const tile = (column: string): string => tileSource(correlation, { rows, columns, taps }, column);
  return [
    '"use strict"; return function (x, w, y, firstRow, lastRow, other, weightOffset, outputOffset, inputOffset) {',
    'weightOffset |= 0; outputOffset |= 0; inputOffset |= 0;',
    ...held,
    `for (let row = firstRow | 0; row < lastRow; row = (row + ${rows}) | 0) {`,
    `const i = row > ((lastRow - ${rows}) | 0) ? (lastRow - ${rows}) | 0 : row;`,
    `let j = 0; for (; j < ${outputWidth - columns + 1}; j = (j + ${columns}) | 0) ${tile('j')}`,
    ...(outputWidth % columns === 0 ? [] : [`{ const last = ${outputWidth - columns}; ${tile('last')} }`]),
    '} };',
  ].join('\n');
}

/** One block of results, its first column in the variable `column`. */
function tileSource(correlation: Correlation, { rows, columns, taps }: JavaScriptSchedule, column: string): string {
  const { kernelHeight, kernelWidth, inputRow, outputRow, channels, inputPlane, block, outputPlane, stride, phase, epilogue } = full(correlation);
  const lines: string[] = [];
  const results = range(block).flatMap((t) => range(rows).flatMap((r) => range(columns).map((c) => ({ t, r, c, sum: `s${t}_${r}_${c}` }))));
  lines.push(
    `{ let from = (inputOffset + i * ${stride * inputRow} + ${column}) | 0; const to = (outputOffset + i * ${outputRow} + ${column}) | 0; let tap = weightOffset;`,
    ...results.map(({ sum }) => `let ${sum} = 0;`),
  );
  if (channels > 1) lines.push(`for (let channel = 0; channel < ${channels}; channel++) {`);
  for (const read of range(stride * (rows - 1) + kernelHeight)) {
    const users = range(rows).flatMap((r) => (read - r * stride >= 0 && read - r * stride < kernelHeight ? [{ r, u: read - r * stride }] : []));
    if (users.length === 0) continue;
    const columnsRead = new Set(range(kernelWidth).flatMap((v) => range(columns).map((c) => columnRead({ stride, phase }, v, c))));
    lines.push('{', ...[...columnsRead].map((at) => `const a${at} = x[from + ${read * inputRow + at}];`));
    for (const t of range(block))
      for (const { r, u } of users) {
        const shared = taps === 'memory' && users.length * columns > 1;
        if (shared) lines.push(...range(kernelWidth).map((v) => `const k${t}_${r}_${v} = w[tap + ${(u * kernelWidth + v) * block + t}];`));
        for (const c of range(columns)) {
          const terms = range(kernelWidth).flatMap((v) => {
            const element = `a${columnRead({ stride, phase }, v, c)}`;
            const at = (u * kernelWidth + v) * block + t;
            if (taps === 'locals') return [`${element} * w${at}`];
            if (taps === 'memory') return [`${element} * ${shared ? `k${t}_${r}_${v}` : `w[tap + ${at}]`}`];
            return literalTerm(element, taps[at]);
          });
          if (terms.length > 0) lines.push(`s${t}_${r}_${c} = s${t}_${r}_${c} + (${terms.join(' + ')});`);
        }
      }
    lines.push('}');
  }
  if (channels > 1) lines.push(`from = (from + ${inputPlane}) | 0; tap = (tap + ${kernelHeight * kernelWidth * block}) | 0; }`);
  for (const { t, r, c, sum } of results) {
    const at = `to + ${t * outputPlane + r * outputRow + c}`;
    const stored = { none: sum, relu: `${sum} > 0 ? ${sum} : 0`, residual: `${sum} - other[${at}]`, mask: `other[${at}] > 0 ? ${sum} : 0` }[epilogue];
    lines.push(`y[${at}] = ${stored};`);
  }
  return `${lines.join('\n')} }`;
}

/** A product with a tap that is known: nothing for 0, no multiplication for 1 and -1. */
function literalTerm(element: string, tap: number): readonly string[] {
  if (tap === 0) return [];
  return [tap === 1 ? element : tap === -1 ? `(-${element})` : `${element} * ${tap}`];
}

export interface KernelSlope {
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outputWidth: number;
  readonly inputRow: number;
  readonly slopeRow: number;
  /** Elements of the slope that are taken together. */
  readonly columns: number;
}

/** A sweep for each row of the kernel, its sums in locals. */
export function kernelSlopeSource({ kernelHeight, kernelWidth, outputWidth, inputRow, slopeRow, columns }: KernelSlope): string {
  const body = (count: number): string =>
    [
      ...range(count).map((c) => `const d${c} = dy[at + ${c}];`),
      ...range(kernelWidth + count - 1).map((c) => `const a${c} = x[from + ${c}];`),
      ...range(kernelWidth).map((v) => `g${v} += ${range(count).map((c) => `d${c} * a${v + c}`).join(' + ')};`),
    ].join(' ');
  const rest = outputWidth % columns;
  const sweep = (u: number): string =>
    [
      `{ ${range(kernelWidth).map((v) => `let g${v} = 0;`).join(' ')}`,
      'for (let i = firstRow | 0; i < lastRow; i = (i + 1) | 0) {',
      `let from = (inputOffset + (i + ${u}) * ${inputRow}) | 0; let at = (slopeOffset + i * ${slopeRow}) | 0; const end = (at + ${outputWidth - rest}) | 0;`,
      `for (; at < end; at = (at + ${columns}) | 0, from = (from + ${columns}) | 0) { ${body(columns)} }`,
      rest === 0 ? '' : `{ ${body(rest)} }`,
      '}',
      ...range(kernelWidth).map((v) => `dk[kernelOffset + ${u * kernelWidth + v}] += g${v};`),
      '}',
    ].join('\n');
  return [
    '"use strict"; return function (x, dy, dk, firstRow, lastRow, inputOffset, slopeOffset, kernelOffset) {',
    'inputOffset |= 0; slopeOffset |= 0;',
    ...range(kernelHeight).map(sweep),
    '};',
  ].join('\n');
}
