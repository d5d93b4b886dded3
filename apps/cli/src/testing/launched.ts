import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The file that npm links as `xcorr`. */
export const launcher: string = fileURLToPath(new URL('../../bin/xcorr.js', import.meta.url));

/** Whether there is a build that the launcher can run. */
export const built: boolean = existsSync(fileURLToPath(new URL('../../dist/main.js', import.meta.url)));

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs as a process of its own. */
export interface Launched {
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves when something was printed on stdout, or the process has ended. */
  readonly printed: Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Starts `xcorr` with these arguments. Its standard input stays open, and nothing comes. */
export function launch(argv: readonly string[]): Launched {
  return started(spawn(process.execPath, [launcher, ...argv]));
}

/** Nobody, where this process is root, whom no permission binds; undefined where it is bound itself. */
export const nobody: number | undefined = process.getuid?.() === 0 ? 65_534 : undefined;

/** Whether a process can be started that permissions bind: root may be in a namespace that knows no other. */
export const permissionsBind: boolean =
  process.platform !== 'win32' && (nobody === undefined || (built && spawnSync(process.execPath, [launcher, '--version'], { uid: nobody, gid: nobody }).status === 0));

/** Runs a line of the shell, in which `$XCORR` is the command, as this user or another. */
export async function shell(line: string, cwd: string, uid?: number): Promise<Ended> {
  const child = spawn('sh', ['-c', line], { cwd, ...(uid === undefined ? {} : { uid, gid: uid }), env: { ...process.env, XCORR: `${process.execPath} ${launcher}` } });
  child.stdin.end();
  return started(child).ended;
}

function started(child: ReturnType<typeof spawn>): Launched {
  const texts = { stdout: '', stderr: '' };
  const printed = new Promise<void>((resolve) => {
    child.stdout?.once('data', () => resolve());
    child.once('close', () => resolve());
  });
  child.stdout?.on('data', (chunk) => (texts.stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (texts.stderr += String(chunk)));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, ...texts }));
  });
  return { kill: (signal) => void child.kill(signal), printed, ended };
}
