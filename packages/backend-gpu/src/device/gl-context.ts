/** What is asked of a WebGL context, of version 1 or 2. */
export interface GlContext {
  readonly isContextLost: () => boolean;
  readonly getError: () => number;
  readonly finish: () => void;
  readonly getParameter: (name: number) => unknown;
  readonly getExtension: (name: string) => unknown;
  readonly getProgramParameter: (program: unknown, name: number) => unknown;
  readonly getProgramInfoLog: (program: unknown) => string | null;
  readonly createTexture: () => unknown;
  readonly deleteTexture: (texture: unknown) => void;
  readonly activeTexture: (unit: number) => void;
  readonly bindTexture: (target: number, texture: unknown) => void;
  readonly texParameteri: (target: number, name: number, value: number) => void;
  readonly pixelStorei: (name: number, value: number | boolean) => void;
  readonly texImage2D: (target: number, level: number, internalFormat: number, width: number, height: number, border: number, format: number, type: number, pixels: Float32Array) => void;
  readonly createFramebuffer: () => unknown;
  readonly bindFramebuffer: (target: number, framebuffer: unknown) => void;
  readonly framebufferTexture2D: (target: number, attachment: number, textureTarget: number, texture: unknown, level: number) => void;
  readonly readPixels: (x: number, y: number, width: number, height: number, format: number, type: number, pixels: Float32Array) => void;
}

/** What WebGL 2 has besides: fences in the stream of commands. */
export interface FencingContext extends GlContext {
  readonly fenceSync: (condition: number, flags: number) => unknown;
  readonly flush: () => void;
  readonly clientWaitSync: (fence: unknown, flags: number, nanoseconds: number) => number;
  readonly deleteSync: (fence: unknown) => void;
}

/** The numbers of the WebGL specification. */
export const gl = {
  noError: 0,
  texture2D: 0x0de1,
  float: 0x1406,
  red: 0x1903,
  rgba: 0x1908,
  renderer: 0x1f01,
  nearest: 0x2600,
  magnifyingFilter: 0x2800,
  minifyingFilter: 0x2801,
  wrapS: 0x2802,
  wrapT: 0x2803,
  maxTextureSize: 0x0d33,
  clampToEdge: 0x812f,
  maxTextureImageUnits: 0x8872,
  linkStatus: 0x8b82,
  implementationReadType: 0x8b9a,
  implementationReadFormat: 0x8b9b,
  texture0: 0x84c0,
  colorAttachment0: 0x8ce0,
  framebuffer: 0x8d40,
  commandsComplete: 0x9117,
  timeoutExpired: 0x911b,
  unpackFlipY: 0x9240,
  unmaskedRenderer: 0x9246,
} as const;

/** What `getError` gives, in words. */
export const glErrors: Readonly<Record<number, string>> = {
  0x0500: 'INVALID_ENUM',
  0x0501: 'INVALID_VALUE',
  0x0502: 'INVALID_OPERATION',
  0x0505: 'OUT_OF_MEMORY',
  0x0506: 'INVALID_FRAMEBUFFER_OPERATION',
  0x9242: 'CONTEXT_LOST_WEBGL',
};

export function hasFences(context: GlContext): context is FencingContext {
  return 'fenceSync' in context;
}

export function isGlContext(value: unknown): value is GlContext {
  return typeof value === 'object' && value !== null && 'isContextLost' in value && 'readPixels' in value && 'texImage2D' in value;
}
