/** Where a key leads from one of some things in a row, round at the ends; undefined for other keys. */
export function neighbour<Thing>(things: readonly Thing[], from: Thing, key: string): Thing | undefined {
  const at = things.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return things[(at + 1) % things.length];
    case 'ArrowLeft':
      return things.at(at - 1);
    case 'Home':
      return things[0];
    case 'End':
      return things.at(-1);
    default:
      return undefined;
  }
}
