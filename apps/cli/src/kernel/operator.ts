import { edgeOperators, kernels, type Kernel, type KernelPair } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import { nearest } from '../nearest.ts';
import { readKernelFile } from './kernel-file.ts';
import { looksLikeTaps, parseTaps } from './parse-taps.ts';

/** One kernel. */
export interface KernelOperator {
  readonly kind: 'kernel';
  /** As it was given. */
  readonly name: string;
  readonly kernel: Kernel;
  /** What is added to every response, where 1 is white: as `xcorr learn --bias` learns it. */
  readonly bias?: number;
}

/** Two kernels whose responses are the gradient; its length is shown. */
export interface PairOperator {
  readonly kind: 'pair';
  readonly name: string;
  readonly pair: KernelPair;
}

/** What `--kernel` stands for. */
export type Operator = KernelOperator | PairOperator;

const pairs: readonly PairOperator[] = Object.entries(edgeOperators).map(([name, pair]) => ({ kind: 'pair', name, pair }));
const named: readonly KernelOperator[] = Object.entries(kernels).map(([name, kernel]) => ({ kind: 'kernel', name, kernel }));

/** The names that `xcorr filter` knows. */
export const kernelOperators: readonly KernelOperator[] = named;

/** The names that `xcorr edges` knows. */
export const allOperators: readonly Operator[] = [...pairs, ...named];

/**
 * What `--kernel` says: a name, taps in place, or a JSON file.
 *
 * @param known the names that may be given
 * @param others names that the caller knows besides, for what is said about a wrong one
 * @throws CommandError when it is none of these, or the taps are no kernel.
 */
export async function readOperator<Known extends Operator>(text: string, known: readonly Known[], others: readonly string[] = []): Promise<Known | KernelOperator> {
  const name = text.trim();
  const found = known.find((each) => each.name === name);
  if (found !== undefined) return found;
  if (name === '') throw new CommandError('the kernel is empty\n  give a name, taps such as "1,-1;0,0", or a JSON file');
  if (/\.json$/i.test(name) || (/[/\\]/.test(name) && !looksLikeTaps(name))) return { kind: 'kernel', name, ...(await readKernelFile(text)) };
  if (looksLikeTaps(name)) return { kind: 'kernel', name: name.length > 40 ? `${name.slice(0, 37)}...` : name, kernel: parseTaps(name) };
  const pair = pairs.find((each) => each.name === name);
  if (pair !== undefined) throw new CommandError(`${name} is two kernels, whose response is a length: it is for xcorr edges\n  take one of them: ${partsOf(pair).join(' or ')}`);
  const names = [...others, ...known.map((each) => each.name)];
  const meant = nearest(name, names);
  const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
  throw new CommandError(`there is no kernel ${JSON.stringify(name)}${hint}\n  known: ${names.join(', ')}\n  or give taps, such as "1,-1;0,0", or a file whose name ends in .json`);
}

/** The names of the two kernels of a pair. */
export function partsOf({ pair }: PairOperator): readonly string[] {
  return pair.flatMap((kernel) => named.filter((each) => each.kernel === kernel).map(({ name }) => name));
}

/** [rows, columns] of the elements that one response needs. */
export function sizeOf(operator: Operator): readonly [number, number] {
  const kernel = operator.kind === 'pair' ? operator.pair[0] : operator.kernel;
  return [kernel.length, kernel[0]?.length ?? 0];
}

/**
 * Whether the taps cancel, so that the response to an even picture is 0 and the response has a sign. Learned taps
 * cancel but nearly; sharpening kernels of any usual size miss it by more than a hundredth of their taps.
 */
export function cancels(kernel: Kernel): boolean {
  const taps = kernel.flat();
  const total = taps.reduce((sum, tap) => sum + tap, 0);
  return Math.abs(total) <= 0.01 * taps.reduce((sum, tap) => sum + Math.abs(tap), 0);
}

/** An operator in words, for the report and the help. */
export function aboutOperator(operator: Operator): string {
  const size = sizeOf(operator).join(' x ');
  if (operator.kind === 'pair') return `gradient magnitude, two kernels of ${size}`;
  const bias = operator.bias === undefined ? '' : `, bias ${operator.bias}`;
  return `${size}${bias}${cancels(operator.kernel) ? '' : ', the response is a picture'}`;
}

/** The operators' names in groups, for the help: what their responses are, and who they are. */
export function listOperators(operators: readonly Operator[]): string {
  const groups = [
    ['Pairs, of which the length of the gradient is shown:', (each: Operator) => each.kind === 'pair'],
    ['Kernels whose taps cancel, which find edges, lines and spots:', (each: Operator) => each.kind === 'kernel' && cancels(each.kernel)],
    ['Kernels whose response is a picture again:', (each: Operator) => each.kind === 'kernel' && !cancels(each.kernel)],
  ] as const;
  return groups
    .map(([title, belongs]) => ({ title, names: operators.filter(belongs).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ title, names }) => `${title}\n${wrapped(names)}`)
    .join('\n');
}

/** Names in indented lines of at most 88 letters. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last === undefined || last.length + name.length + 2 > 88) lines.push(`  ${name}`);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return lines.join(',\n');
}
