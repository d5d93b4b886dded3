export { elementsOf, receptiveField, type PositionSet, type ReceptiveField, type ReceptiveFieldOptions } from './receptive-field.ts';
export { printReceptiveField } from './print-receptive-field.ts';
export type { Box, Positions, Region } from './region.ts';
export { costs, printCosts, type Cost, type Costs, type NodeCost, type PrintCostsOptions } from './costs.ts';
export { im2col, toeplitz, toMatrix, type MatrixForm } from './matrix-form.ts';
export { toDot, toMermaid } from './diagram.ts';
export { derivativeKernel, derivativeOrder } from './derivative-kernel.ts';
