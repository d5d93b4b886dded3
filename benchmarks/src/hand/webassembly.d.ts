// What the hand-written kernels use of WebAssembly's JavaScript interface, which neither ES2023 nor Node's types declare.
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
}

declare global {
  const WebAssembly: {
    readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => WebAssemblyMemory;
    readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
    readonly Instance: new (module: object, imports: Readonly<Record<string, Readonly<Record<string, WebAssemblyMemory>>>>) => {
      readonly exports: Readonly<Record<string, unknown>>;
    };
    readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
  };
}
