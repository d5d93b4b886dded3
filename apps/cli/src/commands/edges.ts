import { resolve } from 'node:path';
import { checkOutput, readPicture, writePicture } from '@xcorr/image/node';
import { filterNamed } from '../edges/filter.ts';
import { render, type RenderOptions } from '../edges/render.ts';
import { respond } from '../edges/response.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { Streams } from '../streams.ts';

export interface EdgesOptions extends RenderOptions {
  readonly output: string;
  readonly kernel: string;
}

/** Reads a picture, correlates its brightness with a kernel, and writes the response as a picture. */
export async function edges(path: string, { output, kernel, ...options }: EdgesOptions, { stdout }: Streams): Promise<ExitStatus> {
  const filter = filterNamed(kernel);
  await checkOutput(output);
  const picture = await readPicture(path);
  const { values, compiled, ran } = respond(picture, filter);
  const rendered = render(values, filter, options);
  await writePicture(output, rendered);
  const lines = [
    `read      ${path}, ${picture.width} x ${picture.height}${picture.channels === 1 ? ', grey' : ''}`,
    `kernel    ${filter.name} (${filter.about})`,
    `written   ${resolve(output)}, ${rendered.width} x ${rendered.height}`,
    `time      compiled in ${compiled.toFixed(1)} ms, ran in ${ran.toFixed(1)} ms`,
  ];
  stdout.write(`${lines.join('\n')}\n`);
  return exitStatus.ok;
}
