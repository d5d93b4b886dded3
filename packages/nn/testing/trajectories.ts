import json from '../recorded/trajectories.json' with { type: 'json' };
import type { Clipping } from '../src/index.ts';

type Path = readonly (readonly number[])[];

/** A recorded run of an optimiser: its settings, by the names of this package, and the parameters after each step. */
export interface Case {
  readonly name: string;
  readonly optimiser: {
    readonly kind: 'sgd' | 'adam' | 'adamW' | 'rmsProp';
    readonly rate?: number;
    readonly momentum?: number;
    readonly dampening?: number;
    readonly nesterov?: boolean;
    readonly weightDecay?: number;
    readonly betas?: readonly [number, number];
    readonly epsilon?: number;
    readonly alpha?: number;
    readonly centred?: boolean;
  };
  readonly schedule?:
    | { readonly kind: 'step'; readonly every: number; readonly factor: number }
    | { readonly kind: 'exponential'; readonly factor: number }
    | { readonly kind: 'cosine'; readonly steps: number; readonly lowest: number }
    | { readonly kind: 'warmUp'; readonly steps: number; readonly from: number };
  readonly clip?: Clipping;
  readonly formulas: Path;
  readonly pytorch: Path;
}

function isCase(value: unknown): value is Case {
  return typeof value === 'object' && value !== null && 'name' in value && 'optimiser' in value && 'formulas' in value && 'pytorch' in value;
}

const cases: readonly unknown[] = json.cases;

/** What recorded/record-trajectories.py wrote. */
export const trajectories: { readonly start: readonly number[]; readonly cases: readonly Case[] } = { start: json.start, cases: cases.filter(isCase) };
