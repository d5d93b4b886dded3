/** What JSON text may hold, read only: files from outside are looked at, never trusted by a type. */
export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads text that must hold one JSON object.
 *
 * @param name  what is read, for the message
 * @throws Error when the text is no JSON, or holds something else than an object
 */
export function parseObject(text: string, name: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name}: this is not JSON`, { cause });
  }
  if (!isJsonObject(value)) throw new Error(`${name}: expected one JSON object at the top`);
  return value;
}

/** The object under a key; an empty one when there is none. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isJsonObject(found) ? found : {};
}

export function stringAt(value: JsonObject, key: string): string | undefined {
  const found = value[key];
  return typeof found === 'string' ? found : undefined;
}

/** The number under a key; 0 when there is none. */
export function numberAt(value: JsonObject, key: string): number {
  const found = value[key];
  return typeof found === 'number' ? found : 0;
}

/** The strings of the list under a key; an empty list when there is none. */
export function stringsAt(value: JsonObject, key: string): readonly string[] {
  const found: unknown = value[key];
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
}

/** The objects of the list under a key; an empty list when there is none. */
export function objectsAt(value: JsonObject, key: string): readonly JsonObject[] {
  const found: unknown = value[key];
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}
