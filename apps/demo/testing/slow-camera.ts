import { expect } from 'vitest';
import { until, type Person, type Target } from './person.ts';

/** Of each track of the camera that the page was given, whether it is live; the browser lets the page have what it asked for. */
const allow = `(async () => {
  for (const each of asked.splice(0)) each();
  await new Promise((resolve) => setTimeout(resolve, 300));
  return given.map(({ readyState }) => readyState).sort().join();
})()`;

const askFirst = `(() => {
  const { mediaDevices } = navigator;
  const give = mediaDevices.getUserMedia.bind(mediaDevices);
  globalThis.given = [];
  globalThis.asked = [];
  mediaDevices.getUserMedia = async (wanted) => {
    await new Promise((resolve) => asked.push(resolve));
    const stream = await give(wanted);
    given.push(...stream.getTracks());
    return stream;
  };
})()`;

/** The browser asks the reader before it gives the camera. Meanwhile the reader asks once more, or goes to another tab. */
export async function useSlowCamera(person: Person, buttons: { readonly start: Target; readonly stop: Target }, elsewhere: Target): Promise<void> {
  await person.evaluate(askFirst);
  const come = async (tracks: string): Promise<void> => {
    expect(await until(async () => String(await person.evaluate(allow)), (states) => states.length >= tracks.length, String)).toBe(tracks);
  };
  await person.press(buttons.start);
  await person.press(buttons.start);
  await come('ended,live');
  await person.press(buttons.stop);
  await person.press(buttons.start);
  await person.press(elsewhere);
  await come('ended,ended,ended');
}
