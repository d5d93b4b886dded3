export { documentProblem, keepDocument, writeDocument } from './suite/document.ts';
export { readVectors } from './suite/vectors.ts';
