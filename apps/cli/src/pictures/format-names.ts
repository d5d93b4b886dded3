import type { WrittenFormat } from '@xcorr/image/node';

/** The formats that are written, by the names that `--format` takes. */
const extensions: Readonly<Record<WrittenFormat, readonly [string, ...string[]]>> = {
  png: ['.png'],
  jpeg: ['.jpg', '.jpeg'],
  webp: ['.webp'],
};

export const formatNames: readonly WrittenFormat[] = ['png', 'jpeg', 'webp'];

/** Endings of pictures that are read and not written. */
const onlyRead: readonly string[] = ['.gif', '.tif', '.tiff', '.avif'];

/** The usual ending of a format's files. @example extensionOf('jpeg'); // => '.jpg' */
export function extensionOf(format: WrittenFormat): string {
  return extensions[format][0];
}

/** The format that a file's name asks for; capital letters make no difference. */
export function formatOfName(path: string): WrittenFormat | undefined {
  const lower = path.toLowerCase();
  return formatNames.find((format) => extensions[format].some((extension) => lower.endsWith(extension)));
}

/** A picture's name without the ending that says its format. @example stemOf('a.b.jpg'); // => 'a.b' */
export function stemOf(name: string): string {
  const known = [...Object.values(extensions).flat(), ...onlyRead].find((extension) => name.toLowerCase().endsWith(extension) && name.length > extension.length);
  return known === undefined ? name : name.slice(0, name.length - known.length);
}
