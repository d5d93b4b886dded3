import { js } from '@xcorr/backend-js';
import { compile, type Backend } from '@xcorr/compiler';
import { add, input, state, sum } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';

test('of many times in one call, all but the first are told that what does not change is there already', async () => {
  const told: (boolean | undefined)[] = [];
  const backend = js();
  const telling: Backend<'sync'> = {
    ...backend,
    load: (artifact) => {
      const loaded = backend.load(artifact);
      return {
        ranOn: loaded.ranOn,
        run: (buffers, sizes, isAgain) => {
          told.push(isAgain);
          loaded.run(buffers, sizes, isAgain);
        },
      };
    },
  };
  const [x, k] = [input('x', [4]), state('k', 0)];
  const program = await compile({ inputs: { x }, state: { k }, outputs: { k }, updates: [[k, add(k, sum(x))]] }, asynchronous(telling));
  await program.run({ x: [1, 2, 3, 4] }, { times: 3 });
  expect((await program.state.k).item()).toBe(30);
  expect(told.map(Boolean)).toEqual([false, true, true]);
});
