/** Where text goes: a part of a Node stream. */
export interface Output {
  readonly write: (text: string) => unknown;
  /** True where a person reads, and colour is of use. */
  readonly isTTY?: boolean | undefined;
}

/** What a command sees of the process. `process` is one. */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}
