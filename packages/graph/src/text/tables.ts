/** Large data in a text: the bits of its numbers in hexadecimal digits, 16 each. */
export function encodeTable(data: Float64Array): string {
  const view = new DataView(new ArrayBuffer(8));
  return Array.from(data, (value) => {
    view.setFloat64(0, value);
    return view.getBigUint64(0).toString(16).padStart(16, '0');
  }).join('');
}

/** The numbers of a table, or undefined when the text is not one. */
export function decodeTable(text: string): Float64Array | undefined {
  if (text.length === 0 || text.length % 16 !== 0 || !/^[0-9a-f]+$/.test(text)) return undefined;
  const view = new DataView(new ArrayBuffer(8));
  return Float64Array.from({ length: text.length / 16 }, (_, index) => {
    view.setBigUint64(0, BigInt(`0x${text.slice(index * 16, index * 16 + 16)}`));
    return view.getFloat64(0);
  });
}
