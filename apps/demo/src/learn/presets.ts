import { bookRun } from './agreement.ts';
import { bookStarts, initial, type LearnState } from './state.ts';

/** What can be chosen at one press: the book's runs, and what else is worth seeing. */
export const presetNames = [...bookStarts, 'too-large', 'photograph', 'laplacians'] as const;

export type PresetName = (typeof presetNames)[number];

/** About the best momentum and rate for the part of the photograph. */
const photograph: LearnState = { ...initial, image: 'photograph', target: 'sobel-x', start: 'pytorch', seed: 1, optimiser: 'momentum', rate: 1.25, momentum: 0.9, steps: 250, pace: 'quick' };

export function presetState(name: PresetName): LearnState {
  switch (name) {
    case 'too-large':
      return { ...bookRun('book-pytorch', initial), rate: 0.05, steps: 100 };
    case 'photograph':
      return photograph;
    case 'laplacians':
      return { ...photograph, target: 'gaussian-5', whiten: true, optimiser: 'sgd', rate: 16, steps: 30, pace: 'brisk' };
    default:
      return bookRun(name, initial);
  }
}
