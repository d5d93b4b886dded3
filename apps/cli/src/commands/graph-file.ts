import type { ProgramSpec } from '@xcorr/compiler';
import { topologicalOrder, type Tensor } from '@xcorr/graph';
import { parse, ParseError } from '@xcorr/graph/text';
import { CommandError } from '../command-error.ts';
import { readText } from '../files/read-text.ts';

/** What stands before the name of a state in the name of a result that it becomes. */
const next = 'next ';

/** A result named `next K` is what the state K becomes; all others are outputs. */
function specOf(results: Readonly<Record<string, Tensor>>, path: string): ProgramSpec {
  const nodes = topologicalOrder(Object.values(results));
  const inputs = nodes.flatMap((node) => (node.primitive === 'input' ? [[node.attributes.name, node] as const] : []));
  const states = new Map(nodes.flatMap((node) => (node.primitive === 'state' ? [[node.attributes.name, node] as const] : [])));
  const isUpdate = (name: string): boolean => name.startsWith(next) && states.has(name.slice(next.length));
  const entries = Object.entries(results);
  if (entries.length === 0) throw new CommandError(`${path}: the graph has no results`);
  return {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(entries.filter(([name]) => !isUpdate(name))),
    updates: entries.flatMap(([name, tensor]) => {
      const state = isUpdate(name) ? states.get(name.slice(next.length)) : undefined;
      return state === undefined ? [] : [[state, tensor] as const];
    }),
  };
}

/**
 * The program of a file that holds a graph as text.
 *
 * @throws CommandError when the file cannot be read or holds no graph.
 */
export async function readGraphFile(path: string): Promise<ProgramSpec> {
  const text = await readText(path, { most: largestFile, kind: 'a graph', absent: 'there is no such file, nor a program of that name', hint });
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  if (!beginning.test(first)) throw new CommandError(`${path}: it is not a graph as text, whose first line is such as: %0 = input("X") : float32 [H, W]\n  ${hint}`);
  try {
    return specOf(parse(text), path);
  } catch (error) {
    if (error instanceof ParseError) throw new CommandError(`${path}: ${error.message}`);
    throw error;
  }
}

const hint = 'give book, sobel, canny, learn, two-layers, or a file that holds a graph as text';

/** The largest file that is read as a graph, in bytes: room for tables of millions of numbers. */
const largestFile = 64_000_000;

/** A node, a table, or the results of a graph of nothing. */
const beginning = /^\s*(?:%\d|#|return\b)/;
