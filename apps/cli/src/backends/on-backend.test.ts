import { js } from '@xcorr/backend-js';
import { compile, programFor, type Backend, type DeviceProgram } from '@xcorr/compiler';
import { add, CompileError, input, state } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';
import { backends, type BackendName } from './names.ts';
import { onBackend, refuse, withBackend } from './on-backend.ts';

/** Counts a run's elements in its state. */
function counter(): { readonly inputs: { readonly X: ReturnType<typeof input> }; readonly state: { readonly n: ReturnType<typeof state> } } & Pick<Parameters<typeof compile>[0], 'outputs' | 'updates'> {
  const X = input('X', [2]);
  const n = state('n', 0);
  return { inputs: { X }, state: { n }, outputs: { Y: add(X, n) }, updates: [[n, add(n, 1)]] };
}

/** A backend that keeps a list of what is done to it. */
function told(calls: string[]): Backend<'async'> {
  const known = asynchronous(js());
  return {
    ...known,
    detect: () => {
      calls.push('detect');
      return known.detect();
    },
    load: async (artifact): Promise<DeviceProgram> => {
      const program = await known.load(artifact);
      calls.push('load');
      return { ...program, ranOn: 'told:here', dispose: () => void calls.push('dispose') };
    },
  };
}

describe('a synchronous backend as an asynchronous one', () => {
  const quick: readonly BackendName[] = ['js', 'closures', 'gpu:cpu', 'gpu:webasm'];

  test.each(quick)('programs run, states stay, and where is said: %s', async (name) => {
    const found = await onBackend(name, async (backend, ranOn) => {
      expect(ranOn()).toBe(name.replace(/:.*/, ''));
      const program = await compile(counter(), backend);
      await program.run({ X: [1, 2] }, { times: 2 });
      const { Y } = await program.run({ X: [1, 2] });
      return [Y?.toNested(), (await program.state.n).item(), ranOn(), program.ranOn];
    });
    expect(found).toEqual([[3, 4], 3, name, name]);
  });

  test('what is thrown is a rejection', async () => {
    const known = js();
    const broken = asynchronous({ ...known, detect: () => { throw new RangeError('no engine'); }, load: () => { throw new RangeError('no memory'); } });
    await expect(broken.detect()).rejects.toThrow('no engine');
    await expect(broken.load({ program: programFor(counter(), known), code: '' })).rejects.toThrow('no memory');
  });
});

describe('what a backend holds is given back', () => {
  test('every program once, those that were given back before too', async () => {
    const calls: string[] = [];
    await withBackend(told(calls), async (backend, ranOn) => {
      const [first, second] = [await compile(counter(), backend), await compile(counter(), backend)];
      await first.dispose();
      expect(calls).toEqual(['detect', 'load', 'load', 'dispose']);
      expect(ranOn()).toBe('js');
      await second.run({ X: [1, 2] });
      expect(ranOn()).toBe('told:here');
    });
    expect(calls).toEqual(['detect', 'load', 'load', 'dispose', 'dispose']);
  });

  test('where the work fails, too', async () => {
    const calls: string[] = [];
    const work = withBackend(told(calls), async (backend) => {
      await compile(counter(), backend);
      throw new RangeError('too far');
    });
    await expect(work).rejects.toThrow('too far');
    expect(calls).toEqual(['detect', 'load', 'dispose']);
  });
});

test('what a backend says of its options is said of those of the command; faults stay what they are', () => {
  const said = (error: Error): void => refuse('gpu', error);
  expect(() => said(new CompileError("gpu: there is no GPU\n  name a mode: gpu({ mode: 'webgl2' })"))).toThrow('--backend gpu: there is no GPU\n  name a mode: --backend gpu:webgl2');
  const fault = new TypeError('gpu: undefined is not a function');
  expect(() => said(fault)).toThrow(fault);
});

test('each name opens the backend of that name', () => {
  for (const [name, make] of Object.entries(backends)) expect(make().name).toBe(name.replace(/:.*/, ''));
});
