import type { Backend } from '@xcorr/compiler';
import { asynchronous } from '@xcorr/compiler/device';
import { chooseProcessor } from './choose-backend.ts';
import { GraphicsOff, openGpu } from './open-gpu.ts';
import type { PlaceName } from './place-names.ts';

/** What a reader is told of the place that was chosen. */
export type PlaceNote =
  /** The page's content security policy forbids code made at run time. */
  | { readonly kind: 'loops-forbidden'; readonly instead: 'closures' | 'gpu' }
  | { readonly kind: 'gpu-in-software'; readonly device: string }
  | { readonly kind: 'no-gpu'; /** What was found instead; empty where graphics are off. */ readonly reason: string }
  /** A GPU that was there refused a program; the processor ran it. */
  | { readonly kind: 'gpu-failed'; readonly reason: string };

export type Place = { readonly backend: Backend<'async'>; readonly kind: 'loops' | 'closures' | 'gpu'; readonly notes: readonly PlaceNote[] };

function processor(): Place {
  const { backend, loops } = chooseProcessor();
  return { backend: asynchronous(backend), kind: loops ? 'loops' : 'closures', notes: loops ? [] : [{ kind: 'loops-forbidden', instead: 'closures' }] };
}

const choose: Readonly<Record<PlaceName, (webgl: boolean) => Promise<Place>>> = {
  processor: async () => processor(),
  /** Loops on the processor; where they are forbidden a GPU, and where there is none closures. */
  automatic: async (webgl) => {
    const here = processor();
    if (here.kind === 'loops') return here;
    try {
      const { backend } = await openGpu({ software: false, webgl });
      return { backend, kind: 'gpu', notes: [{ kind: 'loops-forbidden', instead: 'gpu' }] };
    } catch {
      return here;
    }
  },
  gpu: async (webgl) => {
    try {
      const { backend, device, inSoftware } = await openGpu({ software: true, webgl });
      return { backend, kind: 'gpu', notes: inSoftware ? [{ kind: 'gpu-in-software', device }] : [] };
    } catch (error) {
      const here = processor();
      return { ...here, notes: [{ kind: 'no-gpu', reason: error instanceof GraphicsOff ? '' : firstLine(error) }, ...here.notes] };
    }
  },
};

const chosen = new Map<PlaceName, Promise<Place>>();

/** The place of that name: found once, and kept. `webgl` says whether WebGL may be used. */
export async function choosePlace(name: PlaceName, webgl: boolean): Promise<Place> {
  const known = chosen.get(name) ?? choose[name](webgl);
  chosen.set(name, known);
  return known;
}

/** The processor, after a GPU had refused. */
export function insteadOfGpu(error: unknown): Place {
  const here = processor();
  return { ...here, notes: [{ kind: 'gpu-failed', reason: firstLine(error) }, ...here.notes] };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
