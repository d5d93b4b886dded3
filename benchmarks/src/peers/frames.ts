// How this process talks with the ones that peers run in: a line of JSON, which says how many floats follow it, and these.

export interface Frame {
  readonly header: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

export function encodeFrame({ header, arrays }: Frame): readonly Uint8Array[] {
  const lengths = Object.entries(arrays).map(([name, { length }]) => ({ name, length }));
  const line = new TextEncoder().encode(`${JSON.stringify({ ...header, arrays: lengths })}\n`);
  return [line, ...Object.values(arrays).map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength))];
}

interface Awaited {
  readonly header: Readonly<Record<string, unknown>>;
  readonly lengths: readonly { readonly name: string; readonly length: number }[];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parseHeader(line: string): Awaited {
  const header: unknown = JSON.parse(line);
  if (!isRecord(header)) throw new Error(`a peer's process wrote what is no frame: ${line.slice(0, 200)}`);
  const listed: readonly unknown[] = Array.isArray(header['arrays']) ? header['arrays'] : [];
  const lengths = listed.map((each) => {
    if (!isRecord(each) || typeof each['name'] !== 'string' || typeof each['length'] !== 'number') throw new Error('a frame lists its arrays by name and length');
    return { name: each['name'], length: each['length'] };
  });
  return { header, lengths };
}

/** How many bytes a line of the pieces has, its end included; undefined where it has not come. */
function endOfLine(pieces: readonly Uint8Array[]): number | undefined {
  let before = 0;
  for (const piece of pieces) {
    const at = piece.indexOf(10);
    if (at >= 0) return before + at + 1;
    before += piece.length;
  }
  return undefined;
}

/** Takes bytes as they come, and hands over each frame when all of it has come. */
export function frameReader(deliver: (frame: Frame) => void): (chunk: Uint8Array) => void {
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  let awaited: Awaited | undefined;

  /** The first so many bytes; what is left stays. */
  const take = (count: number): Uint8Array<ArrayBuffer> => {
    const all = new Uint8Array(bytes);
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    pieces = [all.subarray(count)];
    bytes -= count;
    return all.slice(0, count);
  };

  return (chunk) => {
    pieces.push(chunk);
    bytes += chunk.length;
    for (;;) {
      if (awaited === undefined) {
        const end = endOfLine(pieces);
        if (end === undefined) return;
        const line = take(end);
        awaited = parseHeader(new TextDecoder().decode(line));
      }
      const wanted = 4 * awaited.lengths.reduce((sum, { length }) => sum + length, 0);
      if (bytes < wanted) return;
      const floats = new Float32Array(take(wanted).buffer);
      let at = 0;
      const arrays: Record<string, Float32Array> = {};
      for (const { name, length } of awaited.lengths) {
        arrays[name] = floats.subarray(at, at + length);
        at += length;
      }
      const { header } = awaited;
      awaited = undefined;
      deliver({ header, arrays });
    }
  };
}
