import { fit } from '../src/index.ts';
import { checkpointFile } from '../src/node/index.ts';
import { problem } from './problem.ts';

// A process that trains, keeps its checkpoint in a file, goes on from there when it is started again, and says each step
// on its standard output: it is made to be killed.

const [path = '', epochs = '1', every = '1'] = process.argv.slice(2);
const file = await checkpointFile(path);
await fit({
  ...problem(),
  epochs: Number(epochs),
  resume: file.bytes,
  checkpoint: { save: file.save, every: Number(every) },
  onProgress: async ({ step }) => {
    // The parent sees each step while the next is made.
    await new Promise((resolve) => process.stdout.write(`${step}\n`, resolve));
  },
});
