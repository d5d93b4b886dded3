export { FileError } from './file-error.ts';
export { checkpointFile, type CheckpointFile } from './checkpoint-file.ts';
export { readParameters, writeParameters } from './parameter-files.ts';
