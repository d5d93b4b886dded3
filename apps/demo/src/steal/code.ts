import { writeMatrix, type Matrix } from '../page/matrix-text.ts';
import { shortTap } from './learned.ts';

/** A kernel as it is handed out: its taps as short as they are known. */
export function shortKernel(kernel: Matrix): Matrix {
  return kernel.map((row) => row.map(shortTap));
}

/** A program that runs the filter on a file. The bias is in grey levels from 0 to 255. */
export function typescriptOf(kernel: Matrix, bias: number): string {
  const rows = shortKernel(kernel).map((row) => `  [${row.join(', ')}],`);
  const filtered = bias === 0 ? 'filter2d(photo, kernel)' : `add(filter2d(photo, kernel), ${shortTap(bias)})`;
  return [
    `import { ${bias === 0 ? '' : 'add, '}asNdArray, asPicture, auto, compile, filter2d, input } from 'xcorr';`,
    "import { readPicture, writePicture } from '@xcorr/image/node';",
    '',
    'const kernel = [',
    ...rows,
    '];',
    "const picture = await readPicture('photo.jpg');",
    "const photo = input('photo', picture.channels === 1 ? ['H', 'W'] : ['H', 'W', 'C'], { storage: 'uint8' });",
    `const filtered = { tensor: ${filtered}, storage: 'uint8' } as const;`,
    'const filter = compile({ inputs: { photo }, outputs: { filtered } }, auto());',
    "await writePicture('filtered.png', asPicture(filter.run({ photo: asNdArray(picture) }).filtered));",
    '',
  ].join('\n');
}

/** Rows with commas between taps and a semicolon between rows: what `xcorr filter --kernel` takes. */
export function kernelTextOf(kernel: Matrix): string {
  return writeMatrix(shortKernel(kernel));
}

/** The tab Edges with this kernel, on the photograph: as it is where taps keep brightness, else signed. */
export function edgesLink(kernel: Matrix): string {
  const keepsBrightness = kernel.flat().reduce((sum, tap) => sum + tap, 0) > 0.5;
  const parameters = new URLSearchParams({ picture: 'landscape', kernel: kernelTextOf(kernel), border: 'reflect', view: keepsBrightness ? 'as-is' : 'signed' });
  return `#edges?${parameters.toString()}`;
}
