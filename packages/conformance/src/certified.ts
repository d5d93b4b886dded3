import { certify, CertificateError } from '@xcorr/compiler/certify';
import { bindSizes } from '@xcorr/graph';
import { specOf, type Case } from './case.ts';
import type { AnyBackend } from './judge/runner.ts';

/** The numbers of the named sizes in each run of a case. */
function bindingsOf({ inputs, runs }: Case): readonly ReadonlyMap<string, number>[] {
  const bindings = runs.map((feeds) => bindSizes(inputs.map(({ attributes: { name }, shape }) => ({ name, shape, fed: feeds[name]?.shape ?? [] }))));
  const keys = bindings.map((sizes) => [...sizes].flat().join());
  return bindings.filter((_, position) => keys.indexOf(keys[position] ?? '') === position);
}

/**
 * What the certificate says of a case: undefined where every stage of its compilation computes the graph. Where each
 * binding of named sizes has a program of its own, each of these programs is certified.
 *
 * @param lower  what makes programs of graphs; the compiler's own, unless it is that which is tested
 */
export function certificateProblem(test: Case, backend: Pick<AnyBackend, 'machine'>, options: Pick<NonNullable<Parameters<typeof certify>[2]>, 'passes' | 'lower'> = {}): string | undefined {
  try {
    const bindings = bindingsOf(test);
    const isSpecialised = (test.specialise || backend.machine.literalSizes) && bindings.some(({ size }) => size > 0);
    if (isSpecialised) for (const sizes of bindings) certify(specOf(test), backend, { ...options, sizes });
    else certify(specOf(test), backend, { ...options, bindings });
    return undefined;
  } catch (error) {
    if (error instanceof CertificateError || error instanceof RangeError || error instanceof ReferenceError) return error.message;
    throw error;
  }
}
