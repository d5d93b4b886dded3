// What a page holds on its GPU, counted where it is made and given back: it cannot be told from inside gpu.js or xcorr.

export interface Watch {
  /** Textures of WebGL 2, or buffers of WebGPU, that were made since the watch began and not given back. */
  readonly live: () => number;
  /** Those that were made at all. */
  readonly made: () => number;
  /** Contexts or devices in which any of them was made. */
  readonly contexts: () => number;
  /** Takes all these contexts away, as a driver does that is reset. */
  readonly lose: () => void;
  readonly stop: () => void;
}

/** Has a method of a prototype tell each of its calls: on what, with what first, and what it gave. Gives what ends it. */
function tellCalls(prototype: object, method: string, tell: (self: unknown, first: unknown, result: unknown) => void): () => void {
  const original: unknown = Reflect.get(prototype, method);
  if (typeof original !== 'function') throw new TypeError(`there is no method ${method}`);
  Reflect.set(prototype, method, function (this: unknown, ...words: readonly unknown[]): unknown {
    const result: unknown = Reflect.apply(original, this, words);
    tell(this, words[0], result);
    return result;
  });
  return () => {
    Reflect.set(prototype, method, original);
  };
}

/** Notes the calls of some methods of a prototype, in order, until `stop`. */
export function noteCalls(prototype: object, methods: readonly string[]): { readonly calls: string[]; readonly stop: () => void } {
  const calls: string[] = [];
  const ends = methods.map((method) => tellCalls(prototype, method, () => void calls.push(method)));
  return {
    calls,
    stop: () => {
      for (const end of ends) end();
    },
  };
}

/** Where things are made and given back, and how what they are made in is taken away. */
interface Watched {
  readonly make: readonly [prototype: object, method: string];
  readonly giveBack: readonly [prototype: object, method: string];
  /** What a call of `giveBack` gives back. */
  readonly given: (self: unknown, first: unknown) => unknown;
  readonly lose: (context: unknown) => void;
}

function watch({ make, giveBack, given, lose }: Watched): Watch {
  const live = new Set<unknown>();
  const contexts = new Set<unknown>();
  let made = 0;
  const ends = [
    tellCalls(...make, (context, _, result) => {
      live.add(result);
      contexts.add(context);
      made++;
    }),
    tellCalls(...giveBack, (self, first) => {
      live.delete(given(self, first));
    }),
  ];
  return {
    live: () => live.size,
    made: () => made,
    contexts: () => contexts.size,
    lose: () => {
      contexts.forEach(lose);
    },
    stop: () => {
      for (const end of ends) end();
    },
  };
}

export function watchTextures(): Watch {
  const { prototype } = WebGL2RenderingContext;
  return watch({
    make: [prototype, 'createTexture'],
    giveBack: [prototype, 'deleteTexture'],
    given: (_, texture) => texture,
    lose: (context) => {
      if (context instanceof WebGL2RenderingContext) context.getExtension('WEBGL_lose_context')?.loseContext();
    },
  });
}

export function watchBuffers(): Watch {
  return watch({
    make: [GPUDevice.prototype, 'createBuffer'],
    giveBack: [GPUBuffer.prototype, 'destroy'],
    given: (buffer) => buffer,
    lose: (device) => {
      if (device instanceof GPUDevice) device.destroy();
    },
  });
}
