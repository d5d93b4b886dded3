import { ascending } from './positions.ts';

/** Positions along one axis: ascending, each once. Behind an end of the axis lie positions too. */
export type Positions = readonly number[];

/** All positions whose every coordinate is in its axis's set. A scalar has no axes and one position. */
export type Box = readonly Positions[];

/** A union of boxes: any set of positions of a tensor. Boxes may overlap. */
export type Region = readonly Box[];

/** Equal sets have equal keys; a progression is named by three numbers, and others by all of theirs. */
function keyOf(set: Positions): string {
  const [first = 0, second = first + 1] = set;
  const step = second - first;
  return set.every((position, index) => position === first + step * index) ? `${first}:${step}:${set.length}` : set.join(',');
}

function isWithin(inner: Positions, outer: Positions): boolean {
  if (inner.length > outer.length) return false;
  const known = new Set(outer);
  return inner.every((position) => known.has(position));
}

/** Boxes that differ along this axis alone are one box. */
function mergedAlong(axis: number, region: Region): Region {
  const alike = new Map<string, { readonly box: Box; readonly sets: Positions[] }>();
  for (const box of region) {
    const key = box.map((set, at) => (at === axis ? '' : keyOf(set))).join(';');
    const same = alike.get(key);
    if (same === undefined) alike.set(key, { box, sets: [box[axis] ?? []] });
    else same.sets.push(box[axis] ?? []);
  }
  return Array.from(alike.values(), ({ box, sets }) => (sets.length === 1 ? box : box.with(axis, ascending(sets.flat()))));
}

/** The same set of positions in fewer boxes: none is empty, lies within another, or differs from another along one axis alone. */
export function simplified(region: Region): Region {
  let boxes = region.filter((box) => box.every((set) => set.length > 0));
  if (boxes[0]?.length === 0) return [[]];
  for (let before = Infinity; boxes.length < before && boxes.length > 1; ) {
    before = boxes.length;
    for (let axis = 0; axis < (boxes[0]?.length ?? 0); axis++) boxes = [...mergedAlong(axis, boxes)];
    const covers = (outer: Box, inner: Box): boolean => outer !== inner && inner.every((set, axis) => isWithin(set, outer[axis] ?? []));
    boxes = boxes.filter((box) => !boxes.some((other) => covers(other, box)));
  }
  return boxes;
}

/** What of a region lies inside a tensor of this shape. */
export function clipped(region: Region, shape: readonly number[]): Region {
  return region.map((box) => box.map((set, axis) => set.filter((position) => position >= 0 && position < (shape[axis] ?? 0))));
}

/** The positions along one axis that some element of the region has. */
export function projected(region: Region, axis: number): Positions {
  return ascending(region.flatMap((box) => box[axis] ?? []));
}
