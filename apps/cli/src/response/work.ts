import type { Backend } from '@xcorr/compiler';
import { aboutOperator, sizeOf, type Operator } from '../kernel/operator.ts';
import type { Work } from '../pictures/each-picture.ts';
import { geometryOf, printBorder, type Border, type SizeName } from './border.ts';
import { createRenderer, type Filtering } from './renderer.ts';
import { showingOf, type Scale, type Show } from './show.ts';

/** The options that say how a kernel meets a picture, and how its response is shown. */
export interface ResponseOptions {
  readonly border?: Border | undefined;
  readonly size?: SizeName | undefined;
  readonly show?: Show | undefined;
  readonly scale?: Scale | undefined;
  readonly grey?: boolean | undefined;
}

/** @throws CommandError when options contradict each other, or make no sense for the operator. */
export function filteringOf(operator: Operator, { border, size, show, scale, grey }: ResponseOptions): Filtering {
  return { operator, geometry: geometryOf(border, size), showing: showingOf(operator, show, scale), grey: grey === true };
}

/** Filtering as work for each picture, with what is said about it. */
export function workOf(command: string, filtering: Filtering, backend: Backend<'async'>): Work {
  const { operator, geometry, showing } = filtering;
  const render = createRenderer(filtering, backend);
  const scale = showing.show === 'as-is' ? undefined : showing.scale;
  const border = printBorder(geometry.border);
  return {
    command,
    notes: [['kernel', `${operator.name} (${aboutOperator(operator)})`], ...(geometry.border === 'valid' ? [] : [['border', `${border}, size ${geometry.size}`] as const])],
    facts: {
      kernel: { name: operator.name, size: sizeOf(operator), kernels: operator.kind === 'pair' ? operator.pair : [operator.kernel], ...(operator.kind === 'pair' || operator.bias === undefined ? {} : { bias: operator.bias }) },
      border,
      size: geometry.size,
      show: showing.show,
    },
    make: async (picture) => {
      const { white, ...rendered } = await render(picture);
      return {
        ...rendered,
        notes: white === undefined ? [] : [['scale', showing.show === 'signed' ? `0 is mid-grey, ${shown(white)} is white, ${shown(-white)} is black` : `0 is black, ${shown(white)} is white`]],
        facts: { scale: white === undefined ? undefined : { to: scale, white } },
      };
    },
  };
}

function shown(response: number): string {
  return String(Number(response.toPrecision(4)));
}
