import { NdArray, type TypedArray } from '@xcorr/graph';
import fc from 'fast-check';
import { joined } from '../src/formats/text.ts';

const allocators: readonly ((length: number) => TypedArray)[] = [(length) => new Float32Array(length), (length) => new Float64Array(length), (length) => new Uint8Array(length)];

/** Arrays of every type and of up to four axes, with values that are not finite among them. */
export const anyArray: fc.Arbitrary<NdArray> = fc
  .record({ shape: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), allocate: fc.constantFrom(...allocators), values: fc.array(fc.double(), { minLength: 1, maxLength: 8 }) })
  .map(({ shape, allocate, values }) => {
    const data = allocate(shape.reduce((product, size) => product * size, 1));
    for (let index = 0; index < data.length; index++) data[index] = values[index % values.length] ?? 0;
    return new NdArray(shape, data);
  });

/** Some of them, by names of any characters. */
export const namedArrays: fc.Arbitrary<Map<string, NdArray>> = fc
  .array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('0.weight', '10', '2', '__proto__', 'constructor', 'größe')), anyArray), { maxLength: 5 })
  .map((entries) => new Map(entries));

/** How a file may be damaged: cut short, or with some bytes changed, or with some more. */
export type Damage = { readonly kind: 'cut'; readonly at: number } | { readonly kind: 'change'; readonly at: number; readonly to: number } | { readonly kind: 'add'; readonly bytes: Uint8Array };

export const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }) }),
  fc.record({ kind: fc.constant('change' as const), at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), to: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 255, 0x30, 0x2d, 0x7d)) }),
  fc.record({ kind: fc.constant('add' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
);

export function damaged(bytes: Uint8Array, damages: readonly Damage[]): Uint8Array {
  return damages.reduce((result, damage) => {
    switch (damage.kind) {
      case 'cut':
        return result.slice(0, Math.floor(damage.at * result.length));
      case 'change': {
        const changed = result.slice();
        changed[Math.floor(damage.at * result.length)] = damage.to;
        return changed;
      }
      case 'add':
        return joined([result, damage.bytes]);
      default:
        return damage satisfies never;
    }
  }, bytes);
}
