import { expect, test } from 'vitest';
import { naive, naiveFilter } from './contenders/naive.ts';
import type { Contender, Job } from './contenders/contender.ts';
import { measure, type Entrant } from './measure.ts';
import { smallFilter } from './testing.ts';

const workload = smallFilter(20, 20, 3, 3);
const options = { rounds: 4, sample: 0.1 };

function entrant(name: string, prepare: () => Job | { readonly cannot: string }): Entrant {
  const contender: Contender = { name, threads: 1, open: () => ({ version: '', prepare }) };
  return { contender, opened: { version: '', prepare } };
}

test('a row each, in their order, with what each has to say', async () => {
  const rows = await measure(
    workload,
    [
      entrant('right', () => naiveFilter(workload)),
      { contender: { ...naive, name: 'absent' }, opened: { cannot: 'not installed' } },
      entrant('unwilling', () => ({ cannot: 'no filters' })),
      entrant('broken', () => {
        throw new Error('out of memory\nand a stack');
      }),
      entrant('nearly', () => {
        const job = naiveFilter(workload);
        return { ...job, result: async () => (await job.result()).map((value) => value * (1 + 1e-4)) };
      }),
      entrant('wrong', () => ({ feed: () => {}, run: () => {}, result: () => new Float32Array(18 * 18).fill(1) })),
    ],
    options,
  );
  expect(rows.map(({ contender, milliseconds, reason }) => [contender, milliseconds === null, reason])).toEqual([
    ['right', false, undefined],
    ['absent', true, 'not installed'],
    ['unwilling', true, 'no filters'],
    ['broken', true, 'out of memory'],
    ['nearly', true, expect.stringMatching(/^wrong: the largest error is 1.0e-4/)],
    ['wrong', true, expect.stringMatching(/^wrong: the largest error/)],
  ]);
  expect(rows[0].maxError).toBeLessThan(1e-7);
  expect(rows[0].low).toBeLessThanOrEqual(rows[0].milliseconds ?? 0);
});

test('who computes the first picture again is found out: rounds feed others', async () => {
  const job = naiveFilter(workload);
  let isFed = false;
  const lazy: Job = {
    ...job,
    feed: (inputs) => {
      if (!isFed) void job.feed(inputs);
      isFed = true;
    },
  };
  const [row] = await measure(workload, [entrant('lazy', () => lazy)], options);
  expect(row.reason).toMatch(/^wrong/);
});

test('who fails while it is timed has no figure, and the others go on', async () => {
  const job = naiveFilter(workload);
  let feeds = 0;
  const tired: Job = {
    ...job,
    feed: (inputs) => {
      if (++feeds > 3) throw new Error('the process ended with a signal');
      return job.feed(inputs);
    },
    dispose: () => {
      throw new Error('there is nothing any more');
    },
  };
  const rows = await measure(workload, [entrant('tired', () => tired), entrant('right', () => naiveFilter(workload))], options);
  expect(rows.map(({ contender, milliseconds, reason }) => [contender, milliseconds === null, reason])).toEqual([
    ['tired', true, 'the process ended with a signal'],
    ['right', false, undefined],
  ]);
});

test('who gives something else once it is timed is found out', async () => {
  const job = naiveFilter(workload);
  let feeds = 0;
  const tricked: Job = {
    ...job,
    feed: (inputs) => {
      feeds++;
      return feeds <= 2 ? job.feed(inputs) : undefined;
    },
  };
  const [row] = await measure(workload, [entrant('tricked', () => tricked)], { rounds: 3, sample: 0.1 });
  expect([row.milliseconds, row.reason]).toEqual([null, expect.stringMatching(/^wrong/)]);
});

test('contenders take turns, and each round feeds another set than the one before', async () => {
  const events: string[] = [];
  const recorded = (name: string): Entrant =>
    entrant(name, () => {
      const job = naiveFilter(workload);
      return {
        ...job,
        feed: (inputs) => {
          events.push(`${name}${inputs.image[0] === workload.inputs(0).image[0] ? 0 : 1}`);
          return job.feed(inputs);
        },
      };
    });
  await measure(workload, [recorded('a'), recorded('b')], options);
  expect(events).toEqual(['a0', 'a1', 'b0', 'b1', 'a0', 'b0', 'a1', 'b1', 'a0', 'b0', 'a1', 'b1']);
});

test('runs that are measured in another process are counted there', async () => {
  const asked: number[] = [];
  const job: Job = {
    ...naiveFilter(workload),
    runMany: (count) => {
      asked.push(count);
      return Promise.resolve(count * 5);
    },
  };
  // Nothing was run here, so the result is wrong, and known before anything is timed.
  const [row] = await measure(workload, [entrant('remote', () => job)], options);
  expect([asked, row.milliseconds]).toEqual([[1, 1], null]);
});
