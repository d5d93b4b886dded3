import type { EdgesState } from './state.ts';

type Parts = { readonly image: readonly string[]; readonly lines: readonly string[] };

/** What a reader writes to do the same, for grey pictures of any size. It is text: nothing here runs it. */
export function codeOf(state: EdgesState): string {
  const { image, lines } = partsOf(state);
  return [
    importLine(['input'], '@xcorr/graph'),
    importLine(['compile'], '@xcorr/compiler'),
    importLine(['js'], '@xcorr/backend-js'),
    importLine(['asNdArray', ...image], '@xcorr/image'),
    '',
    "const X = input('X', ['H', 'W'], { storage: 'uint8' });",
    ...lines,
    '',
  ].join('\n');
}

function importLine(names: readonly string[], from: string): string {
  return `import { ${names.toSorted((a, b) => a.localeCompare(b, 'en')).join(', ')} } from '${from}';`;
}

function partsOf(state: EdgesState): Parts {
  if (state.find === 'kernel') return ofKernel(state);
  return state.find === 'direction' ? ofDirection(state) : ofCanny(state);
}

function borderText({ border, constant }: EdgesState): string {
  if (border === 'constant') return `{ constant: ${constant} }`;
  return `'${border}'`;
}

function ofKernel(state: EdgesState): Parts {
  const named = state.kernelName !== 'edited';
  const options = state.border === 'none' ? "{ size: 'valid' }" : `{ border: ${borderText(state)} }`;
  return {
    image: named ? ['filter2d', 'kernels'] : ['filter2d'],
    lines: [
      `const K = ${named ? (/^\w+$/.test(state.kernelName) ? `kernels.${state.kernelName}` : `kernels['${state.kernelName}']`) : JSON.stringify(state.taps)};`,
      `const program = compile({ inputs: { X }, outputs: { Y: filter2d(X, K, ${options}) } }, js());`,
      'const { Y } = program.run({ X: asNdArray(picture) });',
    ],
  };
}

const pairTexts = { sobel: 'edgeOperators.sobel', prewitt: 'edgeOperators.prewitt', scharr: 'edgeOperators.scharr' } as const;

function ofDirection(state: EdgesState): Parts {
  const isCentral = state.pair === 'central';
  const pair = state.pair === 'central' ? '[[[0, 0, 0], [-0.5, 0, 0.5], [0, 0, 0]], [[0, -0.5, 0], [0, 0, 0], [0, 0.5, 0]]]' : pairTexts[state.pair];
  const isInside = state.border === 'none';
  return {
    image: [...(isInside ? [] : ['bordered']), ...(isCentral ? [] : ['edgeOperators']), 'gradientDirection', 'gradientMagnitude'],
    lines: [
      `const pair = ${pair};`,
      ...(isInside ? ['const around = X;'] : [`const around = bordered(X, ${borderText(state)}, [1, 1], [1, 1]);`]),
      'const outputs = { length: gradientMagnitude(around, pair), angle: gradientDirection(around, pair) };',
      'const program = compile({ inputs: { X }, outputs }, js());',
      'const { length, angle } = program.run({ X: asNdArray(picture) });',
    ],
  };
}

function ofCanny({ aperture, smooth, low, high, norm }: EdgesState): Parts {
  const options = aperture === 3 ? '' : ', { aperture: 5 }';
  const thresholds = `{ low: ${low}, high: ${high}${norm === 'L1' ? '' : ", norm: 'L2'"} }`;
  const first = smooth
    ? ["const soft = filter2d(X, kernels['gaussian-5'], { border: 'edge' });", "const smooth = compile({ inputs: { X }, outputs: { bytes: { tensor: soft, storage: 'uint8' } } }, js());"]
    : [];
  return {
    image: ['cannyFromGradients', 'cannyGradients', ...(smooth ? ['filter2d', 'kernels'] : [])],
    lines: [
      ...first,
      `const gradients = compile({ inputs: { X }, outputs: cannyGradients(X${options}) }, js());`,
      ...(smooth ? ['const { bytes } = smooth.run({ X: asNdArray(picture) });', 'const { dx, dy } = gradients.run({ X: bytes });'] : ['const { dx, dy } = gradients.run({ X: asNdArray(picture) });']),
      `const edges = cannyFromGradients(dx, dy, ${thresholds});`,
    ],
  };
}
