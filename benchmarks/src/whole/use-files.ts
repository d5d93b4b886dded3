import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { sumOfTaps, type SmallestUse } from './smallest-uses.ts';

const folder = join(import.meta.dirname, '../uses');

function fileOf(name: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name.replaceAll(/[^a-z]/g, '-')}.js`);
}

/** What a process does that is measured: `node FILE HEIGHT WIDTH` filters a white picture, and says what memory it had at most. */
export function writeUse({ contender, source, inOneFile = false }: SmallestUse): string {
  const file = fileOf(contender);
  writeFileSync(
    file,
    `${source}
const [height, width] = process.argv.slice(2).map(Number);
const filtered = await filter(new Float32Array(height * width).fill(1), height, width);
if (!(Math.abs(filtered[0] - ${sumOfTaps}) < 0.02)) throw new Error(\`\${filtered[0]} in place of ${sumOfTaps}\`);
process.stdout.write(JSON.stringify({ kilobytes: process.resourceUsage().maxRSS }));
process.exit(0);
`,
  );
  if (inOneFile) buildSync({ entryPoints: [file], outfile: file, allowOverwrite: true, bundle: true, minify: true, format: 'esm', platform: 'node', logLevel: 'silent' });
  return file;
}

/** A process that does nothing, and says what memory it had at most. */
export function writeIdle(): string {
  const file = fileOf('idle');
  writeFileSync(file, 'process.stdout.write(JSON.stringify({ kilobytes: process.resourceUsage().maxRSS }));\nprocess.exit(0);\n');
  return file;
}
