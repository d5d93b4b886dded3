export { valueAndGrad, type Targets, type ValueAndGradients } from './value-and-grad.ts';
export { hessianVectorProduct, jvp, vjp } from './products.ts';
export { checkGrads, GradientError, gradientReport, type CheckGradsOptions } from './check-grads.ts';
export type { Probe } from './probe.ts';
export { printGradientReport, type GradientProbe, type GradientReport } from './report.ts';
