import { NdArray } from '@xcorr/graph';
import type { Picture } from '@xcorr/image';

/** A picture that was made of another, and how long it took. */
export interface Rendered {
  readonly picture: Picture;
  /** The response that is white, where responses are scaled. Values are those of the picture's bytes, 0 to 255. */
  readonly white?: number;
  /** Milliseconds from the graph to code that can run; 0 where the code for this size was there already. */
  readonly compiled: number;
  /** Milliseconds of the run. */
  readonly ran: number;
}

/** What was compiled for pictures of one shape. */
export interface Pipeline {
  /** Runs over the bytes of such a picture. */
  readonly run: (bytes: NdArray) => Promise<Pick<Rendered, 'picture' | 'white'>>;
  /** What it is made of, to be given back when it is no longer kept. */
  readonly programs: readonly { readonly dispose: () => Promise<void> }[];
}

/** How many shapes keep their code: pictures of one camera have two, upright and across, grey ones two more. */
const keptPipelines = 4;

/**
 * Compiles once for each shape of picture, [H, W] of grey ones and [H, W, 3] of others, with the sizes as numbers: such
 * code runs about twice as fast as code for any size.
 */
export function perSize(compile: (shape: readonly number[]) => Promise<Pipeline>): (picture: Picture) => Promise<Rendered> {
  const pipelines = new Map<string, Pipeline>();
  return async ({ width, height, channels, data }) => {
    const shape = channels === 1 ? [height, width] : [height, width, channels];
    const key = shape.join(' ');
    const start = performance.now();
    const known = pipelines.get(key);
    const pipeline = known ?? (await compile(shape));
    // The one that was used last goes to the end, and the one at the beginning goes first.
    pipelines.delete(key);
    pipelines.set(key, pipeline);
    const built = performance.now();
    const made = await pipeline.run(new NdArray(shape, data));
    const ran = performance.now() - built;
    const [oldest] = pipelines;
    if (pipelines.size > keptPipelines && oldest !== undefined) {
      pipelines.delete(oldest[0]);
      await Promise.all(oldest[1].programs.map((program) => program.dispose()));
    }
    return { ...made, compiled: known === undefined ? built - start : 0, ran };
  };
}
