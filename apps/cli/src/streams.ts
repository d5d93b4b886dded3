/** Where text and bytes go: a part of a Node stream. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
  /** True where a person reads, and colour is of use. */
  readonly isTTY?: boolean | undefined;
  /** How many letters a line of the terminal holds. */
  readonly columns?: number | undefined;
}

/** Where bytes come from: a part of a Node stream. */
export interface Input extends AsyncIterable<Uint8Array> {
  /** True where a person types. */
  readonly isTTY?: boolean | undefined;
}

/** What a command sees of the process. `process` is one. */
export interface Streams {
  /** Absent where there is none. */
  readonly stdin?: Input | undefined;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}
