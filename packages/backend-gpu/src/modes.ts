/** How gpu.js runs kernels, by its own names of modes. */
export type ModeName = 'webgl2' | 'webgl' | 'headlessgl' | 'webgpu' | 'webasm' | 'cpu';

/** What emission needs to know of a mode and of the machine it runs on. */
export interface Limits {
  /** The longest side of a texture, in texels. */
  readonly textureSide: number;
  /** Elements of one buffer. */
  readonly elements: number;
  /** Buffers that one kernel reads. */
  readonly reads: number;
  /** Iterations of all loops of one thread. */
  readonly iterations: number;
}

/** What was found where a program is to run. */
export interface Target {
  readonly mode: ModeName;
  readonly limits: Limits;
  /** The name that the driver gives the device; empty where it gives none. */
  readonly device: string;
}

/** True for modes that run on a graphics device, or on a driver that says it is one. */
export const isGraphics: Readonly<Record<ModeName, boolean>> = { webgl2: true, webgl: true, headlessgl: true, webgpu: true, webasm: false, cpu: false };
