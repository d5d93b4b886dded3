import { expect, test } from 'vitest';
import { bundled } from './shipped-bytes.ts';
import { smallestUses } from './smallest-uses.ts';

// What needs no peer is bundled whether or not anything else was run before.
test.each(['hand/js', 'hand/wasm'])('%s is bundled for a page', async (name) => {
  const use = smallestUses.find(({ contender }) => contender === name);
  if (use === undefined) throw new Error(`there is no ${name}`);
  // Before the build modules are called .ts.
  const source = use.source.replaceAll(".js'", ".ts'");
  expect(await bundled(source)).toHaveLength(1);
});
