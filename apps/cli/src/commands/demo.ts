import { join } from 'node:path';
import { aboutBackends, backendOption } from '../backends/backend-option.ts';
import type { BackendName } from '../backends/names.ts';
import type { ExitStatus } from '../exit-status.ts';
import { examples } from '../help.ts';
import { printJson } from '../json.ts';
import { photograph } from '../photograph.ts';
import { makeFolder } from '../pictures/folder.ts';
import type { Register } from '../registration.ts';
import type { Streams } from '../streams.ts';
import { book } from './book.ts';
import { edges } from './edges.ts';

export interface DemoOptions {
  readonly backend?: BackendName | undefined;
  readonly output: string;
  readonly json?: boolean | undefined;
}

/** The chapter, then the edges of a photograph, found by the chapter's kernel and by Sobel's. */
export async function demo({ backend, output, json }: DemoOptions, streams: Streams): Promise<ExitStatus> {
  await makeFolder(output);
  const edgesBy = (kernel: string, to: Streams): Promise<ExitStatus> => edges([photograph], { output: join(output, `edges-${kernel}.png`), kernel, json, backend }, to);
  if (json === true) {
    const parts = { book: recorder(streams), edges: [recorder(streams), recorder(streams)] as const };
    const status = await book({ json, backend }, parts.book.streams);
    await edgesBy('book', parts.edges[0].streams);
    await edgesBy('sobel', parts.edges[1].streams);
    streams.stdout.write(printJson({ command: 'demo', book: parts.book.document(), edges: parts.edges.map((each) => each.document()) }));
    return status;
  }
  const status = await book({ backend }, streams);
  streams.stdout.write('\nThe edges of a photograph\n');
  for (const kernel of ['book', 'sobel']) {
    streams.stdout.write('\n');
    await edgesBy(kernel, streams);
  }
  return status;
}

/** Takes the document that a command prints, so that it can be a part of another. */
function recorder({ stdin, stderr, env }: Streams): { readonly streams: Streams; readonly document: () => unknown } {
  let text = '';
  const write = (chunk: string | Uint8Array): void => {
    text += String(chunk);
  };
  return { streams: { stdin, stdout: { write }, stderr, env }, document: (): unknown => JSON.parse(text) };
}

export const demoCommand: Register = (program, streams, done) => {
  program
    .command('demo')
    .description('run the book, then find the edges of a photograph')
    .option('-o, --output <folder>', 'where to write the pictures', 'xcorr-demo')
    .addOption(backendOption())
    .option('--json', 'print one JSON document instead of lines')
    .addHelpText('after', aboutBackends)
    .addHelpText('after', examples([['xcorr demo -o pictures', 'the chapter, and two pictures of edges in the folder pictures']]))
    .action(async (options: DemoOptions) => done(await demo(options, streams)));
};
