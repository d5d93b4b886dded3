import { interpret, printShape, rebuild, topologicalOrder, type Tensor } from '@xcorr/graph';
import { CertificateError } from './certificate-error.ts';

/** Half a unit in the last place, as a part of a number. */
const halfUnit = { float32: 2 ** -24, float64: 2 ** -53 };

function isNear(constant: Tensor, other: Tensor): boolean {
  const isLiteral = topologicalOrder([other]).every(({ primitive }) => primitive !== 'input' && primitive !== 'state' && primitive !== 'size');
  if (!isLiteral || other.dtype !== constant.dtype || printShape(other.shape) !== printShape(constant.shape)) return false;
  const [written, made] = interpret([constant, other]);
  return written?.data.every((element, position) => Math.abs(element - (made?.data[position] ?? Number.NaN)) <= halfUnit[constant.dtype] * Math.abs(element)) ?? false;
}

/**
 * Checks that a graph is another one but for constants, in the place of which stands what is made of literals and differs
 * from each element by at most half a unit in its last place.
 *
 * @throws CertificateError where it is not.
 */
export function checkApproximation(roots: readonly Tensor[], approximated: readonly Tensor[], pass: string): void {
  const seen = new Map<Tensor, Set<Tensor>>();
  const pending = roots.map((root, position) => [root, approximated[position]] as const);
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [tensor, other] = pair;
    if (tensor === other || (other !== undefined && seen.get(tensor)?.has(other) === true)) continue;
    if (other === undefined) throw new CertificateError(`certify: ${pass} lost a root`);
    seen.set(tensor, (seen.get(tensor) ?? new Set()).add(other));
    if (tensor.primitive === 'constant') {
      if (isNear(tensor, other)) continue;
      throw new CertificateError(`certify: ${pass} takes something for a constant ${printShape(tensor.shape)} that differs from it by more than rounding`);
    }
    const [operands, others]: readonly (readonly Tensor[])[] = [tensor.inputs, other.inputs];
    const like = new Map(operands?.map((operand, position) => [operand, others?.[position] ?? operand]));
    if (rebuild(tensor, (operand) => like.get(operand) ?? operand) !== other) throw new CertificateError(`certify: ${pass} starts at another graph: ${tensor.primitive} became ${other.primitive}`);
    for (const [operand, its] of like) pending.push([operand, its]);
  }
}
