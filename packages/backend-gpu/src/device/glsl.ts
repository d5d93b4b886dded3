// gpu.js puts all that a kernel may call before each, 14 kB, which a driver reads anew for each of them.

interface Part {
  readonly text: string;
  /** Of a function, or its announcement. */
  readonly name: string | undefined;
}

/** The name of the function that a part defines or announces. */
function functionName(part: string): string | undefined {
  return /^(?:(?:highp|mediump|lowp)\s+)?\w+\s+(\w+)\s*\([^()]*\)\s*[{;]/.exec(part)?.[1];
}

/** The parts of a shader at its top level: directives, declarations and functions, in order. */
function partsOf(shader: string): readonly Part[] {
  const text = shader.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
  const parts: Part[] = [];
  let from = 0;
  let depth = 0;
  const cut = (to: number): void => {
    const part = text.slice(from, to).trim();
    if (part !== '') parts.push({ text: part, name: functionName(part) });
    from = to;
  };
  for (const { 0: found, index } of text.matchAll(/[{};]|^[^\S\n]*#.*$/gm)) {
    if (found === '{') depth++;
    if (found === '}') depth--;
    if (depth > 0) continue;
    if (found.length > 1) cut(index);
    // A block that is no function, as a struct, ends by a semicolon behind its brace.
    if (found !== '}' || functionName(text.slice(from, index).trimStart()) !== undefined) cut(index + found.length);
  }
  cut(text.length);
  return parts;
}

/** A shader without its comments and the functions that `main` does not come to. */
export function withoutUnused(shader: string): string {
  const parts = partsOf(shader);
  const needed = new Set<string>(['main']);
  const need = (text: string): void => {
    for (const [word] of text.matchAll(/\w+/g)) needed.add(word);
  };
  for (const { text, name } of parts) if (name === undefined) need(text);
  // A word that is added while they are gone through is gone through, too.
  for (const word of needed) for (const { text, name } of parts) if (name === word) need(text);
  return `${parts.flatMap(({ text, name }) => (name === undefined || needed.has(name) ? [text] : [])).join('\n')}\n`;
}

const reading = /(float getFloatFromSampler2D\(sampler2D tex, ivec2 texSize, ivec3 texDim, int z, int y, int x\) \{)[^}]*\}/;

/** In version 3.00 a texel is read by its whole numbers: gpu.js makes fractions of them, which a sampler makes whole numbers again. */
export function withFetches(shader: string): string {
  return shader.startsWith('#version 300 es') ? shader.replace(reading, '$1\n  int index = x + texDim.x * (y + texDim.y * z);\n  int row = index / texSize.x;\n  return texelFetch(tex, ivec2(index - row * texSize.x, row), 0).r;\n}') : shader;
}
