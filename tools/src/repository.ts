import { fileURLToPath } from 'node:url';

/** The repository's root folder. Found from this file, so that a check may be started anywhere. */
export const repository: string = fileURLToPath(new URL('../..', import.meta.url)).replaceAll('\\', '/').replace(/\/$/, '');
