import type { ExitStatus } from '../exit-status.ts';
import { run } from '../run.ts';

export interface Recorded {
  readonly status: ExitStatus;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on standard input. */
  readonly stdin?: Uint8Array;
  /** Takes the bytes that are written to stdout, which are no text. */
  readonly takeBytes?: (bytes: Uint8Array) => void;
}

/** Runs a command in this process and records what it says. */
export async function recorded(argv: readonly string[], { isTTY, env = {}, stdin = new Uint8Array(0), takeBytes }: Surroundings = {}): Promise<Recorded> {
  const texts = { stdout: '', stderr: '' };
  const output = (name: keyof typeof texts): { write: (chunk: string | Uint8Array) => void; isTTY: boolean | undefined } => ({
    write: (chunk) => {
      if (typeof chunk === 'string') texts[name] += chunk;
      else takeBytes?.(chunk);
    },
    isTTY,
  });
  const input = (async function* chunks() {
    yield stdin;
  })();
  const status = await run(argv, { stdin: input, stdout: output('stdout'), stderr: output('stderr'), env });
  return { status, ...texts };
}
