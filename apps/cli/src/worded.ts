/**
 * What the parser of the command line says, in our words: a file whose name begins with - is taken for an option, and how
 * to give it is not known to everyone.
 *
 * @example
 * worded("error: unknown option '-a.png'"); // => "unknown option '-a.png'\n  a file of that name is given as ./-a.png, or behind --"
 */
export function worded(message: string): string {
  const text = message.replace(/^error: /, '');
  const [whole, name] = /^unknown option '(-.*\.\w+)'/s.exec(text) ?? [];
  return whole === undefined || name === undefined ? text : text.replace(whole, () => `${whole}\n  a file of that name is given as ./${name}, or behind --`);
}
