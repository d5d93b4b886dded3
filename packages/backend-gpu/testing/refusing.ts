// Drivers that refuse memory: what is asked for next, or some requests later, is made larger than any machine has.

/** A refusal to come. */
export interface Refusal {
  /** Whether it came. */
  readonly isDone: () => boolean;
  readonly stop: () => void;
}

type Words = readonly unknown[];

/** Changes the words of one call of some methods of a prototype, after so many others. */
function changeCall(prototype: object, methods: readonly string[], after: number, change: (method: string, words: Words) => Words): Refusal {
  let [before, isDone] = [after, false];
  const originals = methods.map((method) => {
    const original: unknown = Reflect.get(prototype, method);
    if (typeof original !== 'function') throw new TypeError(`there is no method ${method}`);
    Reflect.set(prototype, method, function (this: unknown, ...words: Words): unknown {
      const isNow = !isDone && before-- <= 0;
      if (isNow) isDone = true;
      const result: unknown = Reflect.apply(original, this, isNow ? change(method, words) : words);
      return result;
    });
    return [method, original] as const;
  });
  return {
    isDone: () => isDone,
    stop: () => {
      for (const [method, original] of originals) Reflect.set(prototype, method, original);
    },
  };
}

const enormous = 1e6;

export const refuseTexture = (after = 0): Refusal =>
  changeCall(WebGL2RenderingContext.prototype, ['texImage2D', 'texStorage2D'], after, (method, words) =>
    // Width is the fourth word of both; pixels are the ninth of the first.
    words.map((word, at) => (at === 3 ? enormous : at === 8 && method === 'texImage2D' ? null : word)),
  );

export const refuseBuffer = (after = 0): Refusal => changeCall(GPUDevice.prototype, ['createBuffer'], after, (_, [description]) => [Object.assign({}, description, { size: 2 ** 45 })]);
