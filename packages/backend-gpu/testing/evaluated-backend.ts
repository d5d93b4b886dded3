import type { Backend, Machine } from '@xcorr/compiler';
import { deviceOfHost, elementThreads } from '@xcorr/compiler/device';
import { emitProgram } from '../src/emit/emit-program.ts';
import type { GpuArtifact } from '../src/emit/plan.ts';
import type { Limits, ModeName, Target } from '../src/modes.ts';
import { planRunner } from './evaluate-plan.ts';

export const limits: Limits = { textureSide: 8192, elements: 8192 ** 2, reads: 16, iterations: 65_535 };

export const targetOf = (mode: ModeName, some: Partial<Limits> = {}): Target => ({ mode, limits: { ...limits, ...some }, device: '' });

/** What every GPU backend asks of the compiler. */
export const machine: Machine = { registers: 1, lanes: 1, literalSizes: true, elementThreads: elementThreads(256), dtypes: ['float32'] };

const isArtifact = (artifact: object): artifact is GpuArtifact => 'plan' in artifact;

/** Runs what is emitted without gpu.js: kernels as JavaScript, element by element. */
export function evaluatedBackend(mode: ModeName, some: Partial<Limits> = {}): Backend<'async'> {
  const target = targetOf(mode, some);
  return {
    name: 'gpu',
    mode: 'async',
    machine,
    detect: () => Promise.resolve(target),
    emit: (program) => emitProgram(program, target),
    load: (artifact) => {
      if (!isArtifact(artifact)) throw new TypeError('the artifact is another backend\'s');
      const { program, plan } = artifact;
      const run = planRunner(plan);
      const device = deviceOfHost(program, `gpu:${mode}`, (arrays) => {
        const values = new Map(program.buffers.map(({ id, role, data }, position) => [id, Float32Array.from((role === 'constant' ? data : arrays[position]) ?? [])]));
        run(values);
        program.buffers.forEach(({ id, role }, position) => {
          if (role === 'output' || role === 'state' || role === 'next') arrays[position]?.set(values.get(id) ?? []);
        });
        return Promise.resolve();
      });
      return Promise.resolve(device);
    },
  };
}
