import { Option } from 'commander';
import { aboutBackends } from '../backends/backend-option.ts';
import { onBackend } from '../backends/on-backend.ts';
import type { ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { kernelOperators, listOperators, readOperator } from '../kernel/operator.ts';
import { eachPicture, type PictureOptions } from '../pictures/each-picture.ts';
import { addPictureOptions, addResponseOptions } from '../pictures/picture-options.ts';
import type { Register } from '../registration.ts';
import { showNames } from '../response/show.ts';
import { filteringOf, workOf, type ResponseOptions } from '../response/work.ts';
import type { Streams } from '../streams.ts';

export interface FilterOptions extends PictureOptions, ResponseOptions {
  readonly kernel: string;
}

/** Reads pictures, correlates each channel with a kernel, and writes the responses as pictures. */
export async function filter(sources: readonly string[], options: FilterOptions, streams: Streams): Promise<ExitStatus> {
  const operator = await readOperator(options.kernel, kernelOperators);
  const filtering = filteringOf(operator, options);
  return onBackend(options.backend, (backend, ranOn) => eachPicture(sources, options, workOf('filter', filtering, backend), ranOn, streams));
}

const help = `
-k takes a name, taps such as "0,-1,0;-1,5,-1;0,-1,0" with ; between the rows, or a JSON file,
such as xcorr learn writes: { "kernel": [[1, -1]] }. A tap may be a fraction, such as 1/9. A "bias"
in the file is added to every response (1 is white).
${listOperators(kernelOperators)}

Each channel is correlated with the kernel by itself, so that colours stay; --grey filters the
brightness (BT.601 luma) instead. Values are those of the picture's bytes, 0 to 255. The result
is shown as it is, rounded and kept within 0 to 255, unless the kernel's taps cancel: then it
is shown without its sign (absolute). Pictures of 16 bits are rounded to 8. With --show signed 0 is mid-grey. What is scaled says
which response is white; xcorr edges --help explains the scales.`;

export const filterCommand: Register = (program, streams, done) => {
  const command = program.command('filter').description('filter pictures with a kernel: a named one, taps, or one from a file');
  addPictureOptions(command)
    .requiredOption('-k, --kernel <kernel>', 'what to correlate with: a name, taps, or a JSON file')
    .option('--grey', 'filter the brightness, not each channel');
  addResponseOptions(command)
    .addOption(new Option('--show <what>', 'how to show the response (default: as the kernel is)').choices(showNames))
    .addHelpText('after', `${help}\n${aboutBackends}`)
    .addHelpText(
      'after',
      examples([
        ['xcorr filter photo.jpg -o soft.jpg -k gaussian-5 --border reflect', 'smoother, and as large as it was'],
        ['xcorr filter photo.jpg -o sharp.png -k "0,-1,0;-1,5,-1;0,-1,0"', 'taps in place'],
        ['xcorr filter photo.jpg -o learned.png -k kernel.json --show signed', 'a learned kernel; 0 is mid-grey'],
      ]),
    )
    .action(async (sources: string[], options: FilterOptions) => done(await filter(sources, options, streams)));
};
