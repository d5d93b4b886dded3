import { ascending, upTo } from './positions.ts';
import type { Box, Positions, Region } from './region.ts';

/** A run of axes of one shape and the run of axes of another that hold the same elements. */
interface AxisGroup {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

const countOf = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);

/** How many sizes at the beginning of two lists are equal. */
function commonLength(from: readonly number[], to: readonly number[]): number {
  const differs = from.findIndex((size, axis) => size !== to[axis]);
  return differs < 0 ? from.length : differs;
}

/**
 * The finest split of two shapes of equally many elements into runs that hold as many. Equal axes at the ends of both
 * shapes are one another, unit axes too: a picture of one row that is given two leading axes keeps its row.
 */
function groupsOf(from: readonly number[], to: readonly number[]): readonly AxisGroup[] {
  const behind = commonLength([...from].reverse(), [...to].reverse());
  const [fromEnd, toEnd] = [from.length - behind, to.length - behind];
  const before = commonLength(from.slice(0, fromEnd), to.slice(0, toEnd));
  const groups: { from: number[]; to: number[] }[] = upTo(before).map((axis) => ({ from: [axis], to: [axis] }));
  for (let i = before, j = before; i < fromEnd || j < toEnd; ) {
    const group: { from: number[]; to: number[] } = { from: [], to: [] };
    let [have, want] = [1, 1];
    do {
      if (i < fromEnd && (have <= want || j >= toEnd)) {
        group.from.push(i);
        have *= from[i++] ?? 1;
      } else {
        group.to.push(j);
        want *= to[j++] ?? 1;
      }
    } while (have !== want);
    groups.push(group);
  }
  return [...groups, ...upTo(behind).map((axis) => ({ from: [fromEnd + axis], to: [toEnd + axis] }))];
}

/** Positions in row-major order of the box's elements that lie inside. */
function flattened(box: Box, sizes: readonly number[]): Positions {
  let flat: readonly number[] = [0];
  sizes.forEach((size, axis) => {
    const inside = (box[axis] ?? []).filter((position) => position >= 0 && position < size);
    flat = flat.flatMap((offset) => inside.map((position) => offset * size + position));
  });
  return flat;
}

/** The boxes under these sizes that hold just these elements: rows that are alike are one box. */
function unflattened(flat: Positions, sizes: readonly number[]): Region {
  const [size, ...rest] = sizes;
  if (size === undefined) return flat.length === 0 ? [] : [[]];
  if (rest.length === 0) return [[ascending(flat)]];
  const inner = countOf(rest);
  const rows = new Map<number, number[]>();
  for (const offset of flat) {
    const row = Math.floor(offset / inner);
    const within = rows.get(row);
    if (within === undefined) rows.set(row, [offset % inner]);
    else within.push(offset % inner);
  }
  const alike = new Map<string, { readonly rows: number[]; readonly within: number[] }>();
  for (const [row, within] of rows) {
    const key = within.join(',');
    const same = alike.get(key);
    if (same === undefined) alike.set(key, { rows: [row], within });
    else same.rows.push(row);
  }
  return Array.from(alike.values()).flatMap(({ rows, within }) => unflattened(within, rest).map((box): Box => [ascending(rows), ...box]));
}

/** The one axis of more than one element on either side; nothing where either side has several, or none. */
function longAxes(group: AxisGroup, from: readonly number[], to: readonly number[]): readonly (number | undefined)[] {
  const [axis, second] = group.from.filter((each) => from[each] !== 1);
  const [target, other] = group.to.filter((each) => to[each] !== 1);
  return second === undefined && other === undefined ? [axis, target] : [];
}

/**
 * The elements of a box under another shape of the same elements.
 *
 * An axis that both shapes have is followed as it is, also behind its ends, and so it is between unit axes. Axes that are
 * joined or split are followed element by element: exactly, and only inside, for behind the end of a row stands no
 * position of another.
 */
export function reshaped(box: Box, from: readonly number[], to: readonly number[]): Region {
  let boxes: Region = [to.map(() => [0])];
  for (const group of groupsOf(from, to)) {
    const [axis, target] = group.from.length === 1 && group.to.length === 1 ? [group.from[0], group.to[0]] : longAxes(group, from, to);
    const parts: Region =
      axis !== undefined && target !== undefined
        ? [group.to.map((each) => (each === target ? (box[axis] ?? []) : [0]))]
        : unflattened(
            flattened(group.from.map((each) => box[each] ?? []), group.from.map((each) => from[each] ?? 1)),
            group.to.map((each) => to[each] ?? 1),
          );
    boxes = boxes.flatMap((whole) => parts.map((part) => group.to.reduce<Box>((result, each, index) => result.with(each, part[index] ?? []), whole)));
  }
  return boxes;
}

/** All positions of a shape. */
export function everywhere(shape: readonly number[]): Box {
  return shape.map(upTo);
}
