import { spawnSync } from 'node:child_process';

/** How a command ended and what it printed. */
export type Ran = { readonly ok: boolean; readonly stdout: string; readonly output: string };

/** Runs npm in a folder. */
export function npm(folder: string, ...words: readonly string[]): Ran {
  // A check that npm has started knows its npm by path; Windows could start it by no other way.
  const path = process.env['npm_execpath'];
  return path === undefined || !path.endsWith('.js') ? run(folder, 'npm', words) : run(folder, process.execPath, [path, ...words]);
}

/** Runs a JavaScript file in a folder, by Node alone. */
export function node(folder: string, file: string): Ran {
  return run(folder, process.execPath, [file]);
}

function run(folder: string, command: string, words: readonly string[]): Ran {
  const { error, status, stdout, stderr } = spawnSync(command, words, { cwd: folder, env: ownEnvironment(process.env), encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (error !== undefined) throw new Error(`${command} ${words.join(' ')}: it could not be started`, { cause: error });
  return { ok: status === 0, stdout, output: `${stdout}${stderr}`.trim() };
}

/** The environment without what npm tells the scripts of the project that it runs: another project is meant here. */
export function ownEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const told = /^(?:npm_(?:package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$|NODE_OPTIONS$|NODE_PATH$)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !told.test(name)));
}

/** Whether npm failed because nothing answered, by the code that it prints: no package is to blame. */
export function isUnreachable({ ok, output }: Ran): boolean {
  return !ok && /code (?:EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ETIMEDOUT|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED)\b/.test(output);
}
