import { compile } from '@xcorr/compiler';
import { corr2d, input } from '@xcorr/graph';
import { js } from '../../src/index.ts';

/** A filter over a picture of 512 x 512 on so many threads, compared with one thread to the bit: where it ran, or what was thrown. */
async function filtered(threads: number): Promise<string> {
  const x = input('x', [512, 512]);
  const kernel = Array.from({ length: 5 }, (_, row) => [1, 0.5, row, row * row, 0.125]);
  const spec = { inputs: { x }, outputs: { y: corr2d(x, kernel) } };
  const feeds = { x: Float32Array.from({ length: 512 * 512 }, (_, at) => Math.sin(at)) };
  try {
    const alone = compile(spec, js()).run(feeds).y.data;
    const program = await compile(spec, js({ threads }));
    for (let time = 0; time < 20; time++) {
      const { y } = await program.run(feeds);
      if (y.data.some((value, at) => value !== alone[at])) return 'other bits';
    }
    await program.dispose();
    return program.ranOn;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

Reflect.set(globalThis, 'filtered', filtered);
