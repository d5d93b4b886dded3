import type { Output, Streams } from './streams.ts';

/** What moves the cursor, breaks lines or turns the direction of what follows: characters that no one sees. */
const unseen = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

const short: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

/**
 * A name as it may be printed: in one line, and without commands to the terminal. The escapes are those of JSON.
 *
 * @example
 * visible('two\nlines'); // => 'two\\nlines'
 * visible('\u001b[31m'); // => '\\u001b[31m'
 */
export function visible(name: string): string {
  return name.replaceAll(unseen, (character) => short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Streams that show names visibly. All names come from the arguments, as a whole or by parts of their paths, and messages
 * that hold them come from everywhere: so what is printed is searched for the parts that have something to hide.
 */
export function showingNames(streams: Streams, argv: readonly string[]): Streams {
  const hiding = argv.flatMap((argument) => argument.split(/[/\\=]/)).filter((part) => part.trim() !== '' && visible(part) !== part);
  if (hiding.length === 0) return streams;
  const shown = (output: Output): Output => ({
    write: (chunk) => output.write(typeof chunk === 'string' ? hiding.reduce((text, part) => text.replaceAll(part, () => visible(part)), chunk) : chunk),
    isTTY: output.isTTY,
    columns: output.columns,
  });
  return { stdin: streams.stdin, stdout: shown(streams.stdout), stderr: shown(streams.stderr), env: streams.env };
}
