/**
 * A name of 16 hexadecimal digits for a text, the same in every process: FNV-1a of 64 bits, by UTF-16 units, which of
 * ASCII are bytes.
 *
 * @see Fowler, Noll, Vo, Eastlake, "The FNV Non-Cryptographic Hash Algorithm"
 */
export function digestOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
