/** A value inside a JSON document, with the way to it for error messages: `book.json.corr2d.x[0]`. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** Reads what is expected at a place. */
export type Reader<T> = (place: Place) => T;

export function parse(json: string, path: string): Place {
  return { value: JSON.parse(json), path };
}

function unexpected(place: Place, expected: string): TypeError {
  return new TypeError(`${place.path}: ${expected} is expected, not ${JSON.stringify(place.value) ?? 'nothing'}`);
}

/** The place of a field, present or not. */
export function field(place: Place, key: string): Place {
  const { value, path } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(place, 'an object');
  const fields = new Map<string, unknown>(Object.entries(value));
  return { value: fields.get(key), path: `${path}.${key}` };
}

export function number(place: Place): number {
  if (typeof place.value !== 'number') throw unexpected(place, 'a number');
  return place.value;
}

export function boolean(place: Place): boolean {
  if (typeof place.value !== 'boolean') throw unexpected(place, 'true or false');
  return place.value;
}

export function text(place: Place): string {
  if (typeof place.value !== 'string') throw unexpected(place, 'a text');
  return place.value;
}

export function oneOf<const T extends string>(choices: readonly T[]): Reader<T> {
  return (place) => {
    const choice = choices.find((each) => each === place.value);
    if (choice === undefined) throw unexpected(place, choices.join(' or '));
    return choice;
  };
}

export function list<T>(element: Reader<T>): Reader<readonly T[]> {
  return (place) => {
    if (!Array.isArray(place.value)) throw unexpected(place, 'a list');
    const values: readonly unknown[] = place.value;
    return values.map((value, index) => element({ value, path: `${place.path}[${index}]` }));
  };
}

export function pair<T>(element: Reader<T>): Reader<readonly [T, T]> {
  return (place) => {
    const [first, second, ...more] = list(element)(place);
    if (first === undefined || second === undefined || more.length > 0) throw unexpected(place, 'a list of two');
    return [first, second];
  };
}

/** Undefined where the document has null or nothing. */
export function optional<T>(read: Reader<T>): Reader<T | undefined> {
  return (place) => (place.value === undefined || place.value === null ? undefined : read(place));
}
