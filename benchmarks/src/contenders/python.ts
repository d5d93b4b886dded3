import { existsSync } from 'node:fs';
import { openRemote } from '../peers/remote.ts';
import type { Contender } from './contender.ts';

/** Where Debian puts the Python that its packages are for. */
const interpreter = '/usr/bin/python3';

/** A library of Debian's packages for Python, in a process of its own. */
export function python(name: string, library: 'cv2' | 'torch', debianPackage: string): Contender {
  return {
    name,
    threads: 1,
    open: async () => {
      if (!existsSync(interpreter)) throw new Error(`there is no ${interpreter}: apt-get install ${debianPackage}`);
      const script = new URL('../../python/serve.py', import.meta.url).pathname;
      try {
        return await openRemote(interpreter, [script, library], { OMP_NUM_THREADS: '1', OMP_WAIT_POLICY: 'PASSIVE' });
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : String(error)}; apt-get install ${debianPackage}`, { cause: error });
      }
    },
  };
}
