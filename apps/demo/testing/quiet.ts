import { patience, type Person, singleSpaced } from './person.ts';

const asks = `(() => {
  const panel = document.querySelector('[role=tabpanel]:not([hidden])');
  return panel === null || panel.querySelector('progress, [aria-busy=true]') !== null ? '' : panel.innerText;
})()`;

/** Waits until the shown tab has been loaded, is busy with nothing, and has not changed for a while: what it computes at first is there. */
export async function quiet(person: Person): Promise<string> {
  const end = Date.now() + patience;
  let [last, since] = ['', Date.now()];
  for (;;) {
    const now = singleSpaced(String(await person.evaluate(asks)));
    if (now !== last) [last, since] = [now, Date.now()];
    // The line that says that a tab is being loaded is shorter.
    if (last.length > 100 && Date.now() - since > 800) return last;
    if (Date.now() > end) throw new Error(`the tab does not come to rest; it shows:\n${await person.text()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
