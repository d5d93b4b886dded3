import { fileURLToPath } from 'node:url';

/** The photograph that comes with the command. */
export const photograph: string = fileURLToPath(new URL('../assets/alpine-landscape.jpg', import.meta.url));
