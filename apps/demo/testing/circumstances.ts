/** How the page is opened. */
export type Circumstances = {
  readonly browser?: 'chromium' | 'firefox';
  readonly hash?: string;
  /** The page's content security policy; none where it is left out. */
  readonly policy?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** The reader's language, as browsers name it. */
  readonly language?: string;
  readonly reducedMotion?: boolean;
  /** Whether there is WebGL, drawn by software. Chromium alone. */
  readonly graphics?: boolean;
  /** Files that the host does not have. */
  readonly missing?: RegExp;
  /** Problems that belong to the circumstances; any other fails the test. */
  readonly expected?: RegExp;
};

/** The policy under which the page keeps all that it promises. */
export const strictPolicy = "script-src 'self' 'wasm-unsafe-eval'";
