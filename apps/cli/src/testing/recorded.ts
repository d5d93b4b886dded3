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
}

/** Runs a command in this process and records what it says. */
export async function recorded(argv: readonly string[], { isTTY, env = {} }: Surroundings = {}): Promise<Recorded> {
  const texts = { stdout: '', stderr: '' };
  const output = (name: keyof typeof texts): { write: (text: string) => void; isTTY: boolean | undefined } => ({
    write: (text) => {
      texts[name] += text;
    },
    isTTY,
  });
  const status = await run(argv, { stdout: output('stdout'), stderr: output('stderr'), env });
  return { status, ...texts };
}
