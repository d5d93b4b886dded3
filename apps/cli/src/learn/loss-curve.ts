import { extname } from 'node:path';
import { CommandError } from '../command-error.ts';
import { lossPlot, standalone } from '../report/loss-plot.ts';
import { shortest } from './result.ts';

/** How the losses are written, by the ending of the file's name. */
const writers: Readonly<Record<string, (losses: readonly number[]) => string>> = {
  '.csv': (losses) => ['step,loss', ...losses.map((loss, step) => `${step},${shortest(loss)}`), ''].join('\n'),
  '.svg': (losses) => standalone(lossPlot(losses)),
};

/**
 * How the losses of each step are written under this name: as a table or as a picture.
 *
 * @throws CommandError when the ending says neither.
 */
export function curveWriter(path: string): (losses: readonly number[]) => string {
  const ending = extname(path).toLowerCase();
  const write = Object.hasOwn(writers, ending) ? writers[ending] : undefined;
  if (write === undefined) throw new CommandError(`--curve ${path}: the name does not say what to write\n  let it end in .csv (a table) or .svg (a picture)`);
  return write;
}
