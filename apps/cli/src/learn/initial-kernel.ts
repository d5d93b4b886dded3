import type { Kernel } from '@xcorr/image';
import { createRandom, kaimingUniform } from '@xcorr/nn';
import type { KernelFile } from '../kernel/kernel-file.ts';
import { CommandError } from '../command-error.ts';
import { kernelOperators, readOperator } from '../kernel/operator.ts';
import { equalSizes, type Size } from './fit.ts';

/**
 * The kernel to start from, as it is correlated, and the bias that its file has: `uniform`, `zeros`, or a kernel as
 * `xcorr filter` takes it, such as one that was learned before.
 *
 * Uniform taps lie between -1 / sqrt(taps) and 1 / sqrt(taps), so that the response to a picture is about as strong as
 * the picture; it is what PyTorch's layers start from.
 *
 * @throws CommandError when it is no such kernel, or one of another size.
 * @see LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998, section 4.6
 */
export async function initialKernel(how: string, size: Size, seed: number): Promise<KernelFile> {
  const [rows, columns] = size;
  const filled = (taps: ArrayLike<number>): Kernel => Array.from({ length: rows }, (_, u) => Array.from({ length: columns }, (__, v) => taps[u * columns + v] ?? 0));
  const fan = rows * columns;
  if (how === 'zeros') return { kernel: filled([]) };
  if (how === 'uniform') return { kernel: filled(kaimingUniform()({ role: 'weight', shape: size, fanIn: fan, fanOut: fan, isTransposed: false }, createRandom(seed))) };
  const { kernel, bias } = await readOperator(how, kernelOperators);
  const given: Size = [kernel.length, kernel[0]?.length ?? 0];
  if (!equalSizes(given, size))
    throw new CommandError(`--init ${how}: a kernel of ${given.join(' x ')}, and one of ${size.join(' x ')} is to be learned\n  give --kernel ${given.join('x')}, or another start: uniform, zeros, a kernel of ${size.join(' x ')}`);
  return bias === undefined ? { kernel } : { kernel, bias };
}
