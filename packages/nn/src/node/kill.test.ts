import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { useTemporaryFolder } from '../../testing/folder.ts';
import { createRandom, readCheckpoint } from '../index.ts';

const { path, folder } = useTemporaryFolder();

/** Runs a training; kills it when it has told of so many steps, if that is asked for. The moment within the next step, or within a checkpoint's way to the disk, is the system's. */
async function run(program: string, checkpoint: string, killBehind = Infinity): Promise<{ readonly steps: number; readonly signal: string | null }> {
  const child = spawn(process.execPath, [program, checkpoint, String(epochs), '2'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let steps = 0;
  // Before its first step, as soon as it is there.
  if (killBehind === 0) child.kill('SIGKILL');
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const character of text) if (character === '\n' && ++steps >= killBehind) child.kill('SIGKILL');
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject).on('close', (_, by) => resolve(by));
  });
  return { steps, signal };
}

const kills = 50;
const mostSteps = 8;
/** Enough that the training is not over before it was killed often enough: it makes 5 steps an epoch. */
const epochs = Math.ceil((kills * (mostSteps + 4)) / 5);

test('a training that is killed at 50 random moments ends with the bits of one that never was', async () => {
  const program = path('killed-training.mjs');
  buildSync({ entryPoints: [join(import.meta.dirname, '../../testing/killed-training.ts')], outfile: program, bundle: true, platform: 'node', format: 'esm', conditions: ['@xcorr/source'] });
  const whole = await run(program, path('whole.safetensors'));
  expect(whole).toEqual({ steps: epochs * 5, signal: null });

  const random = createRandom(31);
  const signals: (string | null)[] = [];
  const reached: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    signals.push((await run(program, path('killed.safetensors'), random.below(mostSteps + 1))).signal);
    // Whenever it was killed, the file is a whole checkpoint, or there is none yet.
    if (readdirSync(folder()).includes('killed.safetensors')) reached.push(readCheckpoint(new Uint8Array(readFileSync(path('killed.safetensors')))).position.step);
  }
  expect(signals).toEqual(Array.from({ length: kills }, () => 'SIGKILL'));
  expect(reached).toEqual([...reached].sort((a, b) => a - b));
  expect(new Set(reached).size).toBeGreaterThan(20);
  const last = await run(program, path('killed.safetensors'));
  expect(last.signal).toBe(null);
  expect(last.steps).toBeGreaterThan(0);
  expect(readFileSync(path('killed.safetensors')).equals(readFileSync(path('whole.safetensors')))).toBe(true);
  // What a killed process left half written is taken over by the next.
  expect(readdirSync(folder()).sort()).toEqual(['killed-training.mjs', 'killed.safetensors', 'whole.safetensors']);
}, 240_000);
