export { nodesOf, printCase, rootsOf, type Case, type FeedValues, type Interpretation, type Output, type SetName } from './case.ts';
export { printCoverage, type Coverage, type Feature } from './coverage.ts';
export { differential, printReport, type DifferentialOptions, type Failure, type Report } from './differential.ts';
export { generateCase, type GeneratedCase } from './generate/generate.ts';
export { lawTexts, type LawText } from './generate/law-recipes.ts';
export { runCase, type AnyBackend, type Problem, type Verdict } from './judge/run-case.ts';
export { shrink } from './shrink/shrink.ts';
