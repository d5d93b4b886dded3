import { InvalidArgumentError } from 'commander';
import { CommandError } from '../command-error.ts';
import { nearest } from '../nearest.ts';
import { decimal } from '../number.ts';

/** The ways in which a picture goes on beyond its border. `valid`: it does not. */
export const borderNames = ['valid', 'zero', 'edge', 'reflect', 'symmetric', 'wrap'] as const;

/** What stands beyond the picture: nothing, one value (0 to 255, as the picture's own), or what its elements give. */
export type Border = (typeof borderNames)[number] | { readonly constant: number };

/** `valid`: where the kernel lies inside. `same`: as large as the picture. `full`: wherever the kernel touches it. */
export const sizeNames = ['valid', 'same', 'full'] as const;
export type SizeName = (typeof sizeNames)[number];

/** Where a kernel is laid on a picture, and what it meets beyond the border. */
export type Geometry = { readonly border: 'valid'; readonly size: 'valid' } | { readonly border: Exclude<Border, 'valid'>; readonly size: Exclude<SizeName, 'valid'> };

/**
 * Reads `--border`.
 *
 * @throws InvalidArgumentError, which the command line reports.
 */
export function parseBorder(text: string): Border {
  const found = borderNames.find((name) => name === text);
  if (found !== undefined) return found;
  const [, written] = /^constant:(.*)$/.exec(text) ?? [];
  if (written !== undefined) {
    const constant = decimal(written);
    if (!(constant >= 0 && constant <= 255)) throw new InvalidArgumentError(`The value after "constant:" must be a number from 0 (black) to 255 (white).`);
    return { constant };
  }
  const meant = nearest(text, [...borderNames, 'constant']);
  throw new InvalidArgumentError(`${meant === undefined ? '' : `Did you mean ${meant === 'constant' ? 'constant:0' : meant}? `}Allowed are ${borderNames.join(', ')}, and constant:V with V from 0 (black) to 255 (white).`);
}

export function printBorder(border: Border): string {
  return typeof border === 'string' ? border : `constant:${border.constant}`;
}

/**
 * Where one of the two is left out, the other decides: a border is there to keep the size, and a size beyond the
 * valid one asks for a border of zeros.
 *
 * @throws CommandError when the two contradict each other.
 */
export function geometryOf(border: Border | undefined, size: SizeName | undefined): Geometry {
  if (border === undefined || border === 'valid') {
    if (size === undefined || size === 'valid') return { border: 'valid', size: 'valid' };
    if (border === undefined) return { border: 'zero', size };
    throw new CommandError(`--border valid invents nothing beyond the border, and --size ${size} needs what is there\n  take --border zero, edge, reflect, symmetric or wrap, or leave --size out`);
  }
  if (size === 'valid')
    throw new CommandError(`--size valid never looks beyond the border, so that --border ${printBorder(border)} would change nothing\n  leave one of the two out`);
  return { border, size: size ?? 'same' };
}
