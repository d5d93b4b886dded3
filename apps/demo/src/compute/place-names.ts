export const placeNames = ['automatic', 'processor', 'gpu'] as const;

/** Where a reader wants programs to run. */
export type PlaceName = (typeof placeNames)[number];
