import { readMatrix, writeMatrix } from '../page/matrix-text.ts';
import { type Element, initial, isAllowed, isMatrixAllowed, mostOf, type Operand, settingNames, type SlideState } from './state.ts';

/** What differs from the initial state, as parameters of a URL. */
export function write(state: SlideState): Readonly<Record<string, string>> {
  const texts = { ...textsOf(state) };
  const usual = textsOf(initial);
  return Object.fromEntries(Object.entries(texts).filter(([name, text]) => usual[name] !== text));
}

function textsOf({ input, kernel, stride, padding, dilation, flip, layers, shaded }: SlideState): Readonly<Record<string, string>> {
  return {
    input: writeMatrix(input),
    kernel: writeMatrix(kernel),
    stride: String(stride),
    padding: String(padding),
    dilation: String(dilation),
    flip: flip ? '1' : '0',
    layers: String(layers),
    shaded: [shaded.layer, shaded.row, shaded.column].join(','),
  };
}

/** The state that parameters hold. One that is wrong counts as absent. */
export function read(parameters: URLSearchParams): SlideState {
  const matrix = (operand: Operand): SlideState[Operand] => {
    const read = readMatrix(parameters.get(operand) ?? '', mostOf[operand]);
    return read !== undefined && isMatrixAllowed(operand, read) ? read : initial[operand];
  };
  const numbers = settingNames.map((name) => {
    const number = readWhole(parameters.get(name));
    return [name, number !== undefined && isAllowed(name, number) ? number : initial[name]] as const;
  });
  return {
    ...initial,
    ...Object.fromEntries(numbers),
    input: matrix('input'),
    kernel: matrix('kernel'),
    flip: parameters.get('flip') === '1',
    shaded: readElement(parameters.get('shaded')) ?? initial.shaded,
  };
}

function readElement(text: string | null): Element | undefined {
  const [layer, row, column, ...more] = (text ?? '').split(',', 4).map(readWhole);
  if (layer === undefined || row === undefined || column === undefined || more.length > 0) return undefined;
  return isAllowed('layers', layer) ? { layer, row, column } : undefined;
}

function readWhole(text: string | null): number | undefined {
  return text !== null && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}
