export { PictureError } from './picture-error.ts';
export { readPicture, type ReadOptions } from './read-picture.ts';
export { checkOutput, writePicture } from './write-picture.ts';
