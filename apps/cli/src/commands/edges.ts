import type { Backend } from '@xcorr/compiler';
import { Option } from 'commander';
import { aboutBackends } from '../backends/backend-option.ts';
import { onBackend } from '../backends/on-backend.ts';
import { cannyWork, refuseThresholds, type ThresholdOptions } from '../canny/work.ts';
import type { ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { allOperators, listOperators, readOperator } from '../kernel/operator.ts';
import { eachPicture, type PictureOptions, type Work } from '../pictures/each-picture.ts';
import { addPictureOptions, addResponseOptions, parseThreshold } from '../pictures/picture-options.ts';
import type { Register } from '../registration.ts';
import { filteringOf, workOf, type ResponseOptions } from '../response/work.ts';
import type { Streams } from '../streams.ts';

export interface EdgesOptions extends PictureOptions, ResponseOptions, ThresholdOptions {
  readonly kernel: string;
}

/** Reads pictures, finds the edges of their brightness by a kernel, and writes them as pictures. */
export async function edges(sources: readonly string[], options: EdgesOptions, streams: Streams): Promise<ExitStatus> {
  const work = await workBy(options);
  return onBackend(options.backend, (backend, ranOn) => eachPicture(sources, options, work(backend), ranOn, streams));
}

async function workBy(options: EdgesOptions): Promise<(backend: Backend<'async'>) => Work> {
  if (options.kernel.trim() === 'canny') return cannyWork('edges', options);
  const operator = await readOperator(options.kernel, allOperators, ['canny']);
  refuseThresholds(options, operator.name);
  const filtering = filteringOf(operator, { ...options, grey: true });
  return (backend) => workOf('edges', filtering, backend);
}

const help = `
-k takes canny (see below), a name, taps such as "1,-1;0,0" with ; between the rows, or a JSON
file: { "kernel": [[1, -1]] }. A tap may be a fraction, such as 1/9. A "bias" in the file is added
to every response (1 is white).
${listOperators(allOperators)}

The picture's brightness (BT.601 luma) is correlated with the kernel. Values are those of the
picture's bytes, 0 to 255. Nothing is invented beyond the border unless --border says what, so
the result is smaller than the picture by the kernel's size less one.

Of a kernel whose taps cancel the response is shown without its sign (absolute) or with 0 as
mid-grey (signed), of a pair the length (magnitude), of any other the response as it is.
White is the response that one element in a hundred exceeds, and at least a quarter of the
strongest (--scale picture), or the largest response that the kernel can give to any picture
(--scale kernel), which makes pictures comparable.

Canny's lines are white where the gradient that Sobel's kernels measure is largest across the
edge and |gx| + |gy| exceeds --high, or exceeds --low and is connected with such a line. A step
from black to white has 1020. The picture goes on with the elements at its edge.

The edges that canny finds are those of OpenCV's cvtColor and Canny.

EXIF orientation is applied, pictures of 16 bits are rounded to 8, transparent parts are composited over white. Lines about what was
done go to stdout, or to stderr where the picture goes to stdout. Of several pictures one that
fails is named at the end, the others are done; where stderr is a terminal, a bar shows how far.`;

export const edgesCommand: Register = (program, streams, done) => {
  const command = program.command('edges').description('find the edges of pictures');
  addPictureOptions(command).option('-k, --kernel <kernel>', 'what to correlate with: a name, taps, or a JSON file', 'sobel');
  addResponseOptions(command)
    .addOption(new Option('--show <what>', 'how to show the response (default: as the kernel is)').choices(['absolute', 'signed', 'magnitude', 'as-is']))
    .option('--low <threshold>', 'of canny (default: half of high)', parseThreshold)
    .option('--high <threshold>', 'of canny (default: 200, or twice low)', parseThreshold)
    .addHelpText('after', `${help}\n${aboutBackends}`)
    .addHelpText(
      'after',
      examples([
        ['xcorr edges photo.jpg -o edges.png', "Sobel's operator"],
        ['xcorr edges photo.jpg -o edges.png -k "1,-1" --show signed', 'taps in place; lighter where it gets darker to the right'],
        ['xcorr edges photos/*.jpg -o edges/ --border reflect --format png', 'several, each as large as it was'],
        ['xcorr filter photo.jpg -o - -k gaussian-5 | xcorr edges - -o lines.png -k canny', 'smoothed before'],
      ]),
    )
    .action(async (sources: string[], options: EdgesOptions) => done(await edges(sources, options, streams)));
};
