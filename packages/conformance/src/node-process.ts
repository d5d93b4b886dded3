/**
 * Node, where the suite runs in it; undefined in a browser. What only Node has is asked for here when it is used and is
 * never imported, so that browsers load the suite too.
 */
export function nodeProcess(): NodeJS.Process | undefined {
  const { process: found }: { readonly process?: NodeJS.Process } = globalThis;
  return typeof found?.getBuiltinModule === 'function' ? found : undefined;
}
