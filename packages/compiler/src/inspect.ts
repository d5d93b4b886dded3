export { verified, verify } from './passes/verify.ts';
export { explainSchedule } from './print/explain-schedule.ts';
export { printExpression, printNest } from './print/print-nest.ts';
export { printGraph, printPasses } from './print/print-passes.ts';
export { printProgram, type ProgramStage } from './print/print-program.ts';
export { printDirective } from './schedule/schedule.ts';
