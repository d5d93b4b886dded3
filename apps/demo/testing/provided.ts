/** What tests of the page are given by those who start them. */
export interface Provided {
  /** The folder of the built page. */
  readonly demoFolder: string;
  /** What Chromium is started with. */
  readonly chromiumArguments: readonly string[];
}

declare module 'vitest' {
  // It is how vitest is told of them.
  interface ProvidedContext extends Provided {}
}
