import { XcorrError } from '@xcorr/graph';
import { expect } from 'vitest';

/** What the designed error says that this throws. */
export function message(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return designed(error);
  }
  throw new Error('nothing was thrown');
}

/** What the designed error says with which this is rejected. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  return designed(await promise.then(() => undefined, (error: unknown) => error));
}

function designed(error: unknown): string {
  expect(error).toBeInstanceOf(XcorrError);
  return error instanceof Error ? error.message : '';
}
