import { InvalidArgumentError, Option } from 'commander';
import { nearest } from '../nearest.ts';
import { backendNames, isBackendName, usualBackend, type BackendName } from './names.ts';

/**
 * Reads `--backend`.
 *
 * @throws InvalidArgumentError, which the command line reports.
 * @example
 * parseBackend('gpu:webgl2'); // => 'gpu:webgl2'
 */
export function parseBackend(text: string): BackendName {
  if (isBackendName(text)) return text;
  // A mode is known without what it is a mode of.
  const meant = isBackendName(`gpu:${text}`) ? `gpu:${text}` : nearest(text, backendNames);
  throw new InvalidArgumentError(`${meant === undefined ? '' : `Did you mean ${meant}? `}Allowed are ${backendNames.join(', ')}.`);
}

/** The option by which a command is told where to run its programs. */
export function backendOption(what = 'where to run'): Option {
  return new Option('--backend <name>', `${what}: ${backendNames.join(', ')}`).argParser(parseBackend).default(usualBackend);
}

/** What stands below the options in the help of a command that has this one. */
export const aboutBackends = `
--backend says where programs run. js is JavaScript that is made for them, closures the same without
code that is made at run time. gpu is the best real GPU that gpu.js finds; install it beside xcorr:
npm install gpu.js. A mode of gpu.js may be named; gpu:webasm and gpu:cpu run on no GPU, gpu:webgl2,
gpu:webgl and gpu:webgpu in browsers alone. xcorr doctor says which are to be had here.`;
