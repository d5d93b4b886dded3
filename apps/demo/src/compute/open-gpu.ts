import type { Backend } from '@xcorr/compiler';

/** A GPU that was found, or one that a program plays, which is slower and must be wanted. */
export type FoundGpu = { readonly backend: Backend<'async'>; readonly device: string; readonly inSoftware: boolean };

/** The reader's browser has graphics off: nobody need be told more. */
export class GraphicsOff extends Error {
  override readonly name = 'GraphicsOff';
}

export type GpuWishes = {
  /** Whether a rasteriser in software will do. */
  readonly software: boolean;
  /** Whether WebGL may be used: a worker may have it where the reader's browser has it off for pages. */
  readonly webgl: boolean;
};

/** What software may play, in the order in which it is tried. */
const namedModes = ['webgl2', 'webgpu', 'webgl'] as const;

/**
 * The best GPU; where there is none and `software` is allowed, a rasteriser in software. gpu.js is loaded when this is first
 * called.
 *
 * @throws GraphicsOff, or another Error that says what was found instead.
 */
export async function openGpu({ software, webgl }: GpuWishes): Promise<FoundGpu> {
  if (!webgl && !(await hasWebgpu())) throw new GraphicsOff();
  const { gpu } = await import('@xcorr/backend-gpu');
  const modes = webgl ? namedModes : (['webgpu'] as const);
  try {
    const backend = gpu();
    const { mode, device } = targetOf(await backend.detect());
    if (webgl || mode === 'webgpu') return { backend, device, inSoftware: false };
    throw new GraphicsOff();
  } catch (error) {
    if (!software) throw error;
    for (const mode of modes) {
      const backend = gpu({ mode });
      const target = await backend.detect().then(targetOf, () => undefined);
      if (target !== undefined) return { backend, device: target.device, inSoftware: true };
    }
    throw error;
  }
}

/** What a target says of itself; empty where it says nothing. */
function targetOf(target: unknown): { readonly mode: string; readonly device: string } {
  const said = (name: string): string => {
    const value: unknown = typeof target === 'object' && target !== null ? Reflect.get(target, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { mode: said('mode'), device: said('device') };
}

/** What of graphics there is, found without loading anything. */
export type Graphics = { readonly webgl: boolean; readonly webgpu: boolean };

/** Whether the page, or the worker, that asks has WebGL. */
export function hasWebgl(): boolean {
  try {
    const canvas = (): HTMLCanvasElement | OffscreenCanvas => (typeof document === 'undefined' ? new OffscreenCanvas(1, 1) : document.createElement('canvas'));
    const context = contextOf(canvas(), 'webgl2') ?? contextOf(canvas(), 'webgl');
    // Browsers take the oldest of many contexts away: this one is given back at once.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== undefined;
  } catch {
    return false;
  }
}

function contextOf(canvas: HTMLCanvasElement | OffscreenCanvas, kind: 'webgl' | 'webgl2'): WebGLRenderingContext | WebGL2RenderingContext | undefined {
  const context: unknown = canvas.getContext(kind);
  return context instanceof WebGL2RenderingContext || context instanceof WebGLRenderingContext ? context : undefined;
}

export async function hasWebgpu(): Promise<boolean> {
  const gpu: unknown = Reflect.get(navigator, 'gpu');
  if (typeof gpu !== 'object' || gpu === null || !('requestAdapter' in gpu) || typeof gpu.requestAdapter !== 'function') return false;
  try {
    const adapter: unknown = await Reflect.apply(gpu.requestAdapter, gpu, []);
    return typeof adapter === 'object' && adapter !== null;
  } catch {
    return false;
  }
}
