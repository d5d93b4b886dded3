// A name that two of these packages export would be ambiguous: TypeScript refuses it here (TS2308), and the index's
// test finds what engines would leave out in silence.
export * from '@xcorr/graph';
export * from '@xcorr/compiler';
export * from '@xcorr/backend-js';
export * from '@xcorr/backend-closures';
export * from '@xcorr/image';
// Rows of taps. What a backend loads is called a kernel too; who writes a backend imports it from @xcorr/compiler.
export type { Kernel } from '@xcorr/image';
export { auto } from './auto.ts';
