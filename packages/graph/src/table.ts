/**
 * A table with one entry for each name, made by one function.
 * The types cannot follow the loop, so completeness is checked as the table is made.
 *
 * @example
 * tabulate(['a', 'b'], (name) => `${name}!`); // => { a: 'a!', b: 'b!' }
 */
export function tabulate<Name extends string, Entry>(names: readonly Name[], entry: (name: Name) => Entry): Record<Name, Entry> {
  const table: Partial<Record<Name, Entry>> = {};
  for (const name of names) table[name] = entry(name);
  const isComplete = (partial: Partial<Record<Name, Entry>>): partial is Record<Name, Entry> => names.every((name) => partial[name] !== undefined);
  if (!isComplete(table)) throw new TypeError('a table lacks an entry');
  return table;
}
