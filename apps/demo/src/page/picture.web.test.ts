import { test } from 'vitest';
import { demoInBrowsers } from '../../testing/open-demo.ts';
import { takePicture } from '../../testing/pictures.ts';
import { quiet } from '../../testing/quiet.ts';

const openDemo = demoInBrowsers();

test("the README's picture: the book's kernel, padding, and two layers", async () => {
  const person = await openDemo({ hash: '#slide?padding=1&layers=2&shaded=2,2,3' });
  await person.wait('Y2[2, 3]');
  await quiet(person);
  await takePicture(person, 'page');
});
