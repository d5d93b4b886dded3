/** Two independent 32-bit hashes of the bits, as 16 hexadecimal digits: the name of large data in keys and texts. */
export function digestOf(data: Float64Array): string {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (const word of words) {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul((b ^ word) + 0x9e3779b9, 0x85ebca6b);
    b ^= b >>> 13;
  }
  const hexadecimal = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0');
  return hexadecimal(a) + hexadecimal(b);
}
