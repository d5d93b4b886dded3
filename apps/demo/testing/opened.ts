import type { Person } from './person.ts';

/** A page that is open in a browser. */
export type Opened = {
  readonly person: Person;
  /** Errors that the console was told, scripts that threw, requests that failed. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
};

/** A browser that is running. */
export type Running<Options> = { readonly open: (url: string, options: Options) => Promise<Opened>; readonly close: () => Promise<void> };
