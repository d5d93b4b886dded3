import { type Command, InvalidArgumentError, Option } from 'commander';
import { backendOption } from '../backends/backend-option.ts';
import { decimal } from '../number.ts';
import { parseBorder, sizeNames } from '../response/border.ts';
import { scaleNames } from '../response/show.ts';
import { formatNames } from './format-names.ts';

/** The options of every command that reads and writes pictures. */
export function addPictureOptions(command: Command): Command {
  return command
    .argument('<pictures...>', 'PNG, JPEG, WebP, GIF, TIFF or AVIF files; - is standard input')
    .requiredOption('-o, --output <file>', 'where to write: a file whose ending says the format, a folder (there already, with a / at its end, or for several pictures), - for standard output')
    .addOption(new Option('--format <format>', 'the format in a folder (default: as read) or on standard output (default: png)').choices(formatNames))
    .option('--overwrite', 'let a result replace its own input, which is refused otherwise')
    .option('--pixel-limit <count>', 'the most elements (width x height) of a picture that is decoded (default: 100 million)', parseCount)
    .addOption(backendOption())
    .option('--json', 'print one JSON document instead of lines');
}

/** The options by which a picture is filtered. */
export function addResponseOptions(command: Command): Command {
  return command
    .option('--border <how>', 'what stands beyond the picture: valid (nothing), zero, constant:V, edge, reflect, symmetric, wrap (default: valid; zero where --size is same or full)', parseBorder)
    .addOption(new Option('--size <size>', 'the size of the result (default: valid without a border, same with one)').choices(sizeNames))
    .addOption(new Option('--scale <to>', 'what is white where responses are scaled (default: picture)').choices(scaleNames));
}

/** @throws InvalidArgumentError, which the command line reports. */
export function parseCount(text: string): number {
  const count = decimal(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('A whole number of at least 1 is expected.');
  return count;
}

/** @throws InvalidArgumentError, which the command line reports. */
export function parseThreshold(text: string): number {
  const threshold = decimal(text);
  if (!Number.isFinite(threshold) || threshold < 0) throw new InvalidArgumentError('A number of at least 0 is expected.');
  return threshold;
}
