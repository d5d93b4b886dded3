export { PictureError, systemCode } from './picture-error.ts';
export { readPicture } from './read-picture.ts';
export { decodePicture, type DecodeOptions, type ReadOptions } from './decode-picture.ts';
export { checkOutput, writePicture } from './write-picture.ts';
export { encodePicture } from './encode-picture.ts';
export type { WrittenFormat } from './formats.ts';
export { writeAtomically } from './write-atomically.ts';
