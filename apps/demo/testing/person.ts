/** The roles by which tests find things, as assistive technology names them. */
export type Role =
  | 'button'
  | 'checkbox'
  | 'combobox'
  | 'grid'
  | 'gridcell'
  | 'group'
  | 'heading'
  | 'img'
  | 'link'
  | 'progressbar'
  | 'radio'
  | 'region'
  | 'row'
  | 'slider'
  | 'spinbutton'
  | 'status'
  | 'tab'
  | 'table'
  | 'tabpanel'
  | 'textbox';

/** A thing that a person finds by what it is and what it is called; inside another where names repeat. */
export type Target = { readonly role: Role; readonly name: string; readonly within?: Target };

/** What a person does with the page, in whichever browser. Everything waits until the thing is there. */
export type Person = {
  readonly press: (target: Target) => Promise<void>;
  /** Replaces what stands in a field. */
  readonly fill: (target: Target, text: string) => Promise<void>;
  /** Chooses from a list by what the choice says. */
  readonly choose: (target: Target, option: string) => Promise<void>;
  /** Moves a slider. */
  readonly slide: (target: Target, value: number) => Promise<void>;
  /** Gives files to the file field of that label. */
  readonly upload: (label: string, ...paths: readonly string[]) => Promise<void>;
  /** Presses keys, as `KeyboardEvent.key` names them, one after the other. */
  readonly key: (...keys: readonly string[]) => Promise<void>;
  /** The text of a thing, with its white space as single spaces. */
  readonly read: (target: Target) => Promise<string>;
  /** What a field or a list holds. */
  readonly value: (target: Target) => Promise<string>;
  /** The text that the page shows, with its white space as single spaces. */
  readonly text: () => Promise<string>;
  /** Waits until the page's text has this in it. */
  readonly wait: (pattern: string | RegExp) => Promise<void>;
  /** The value of an expression in the page, by way of JSON; a promise is awaited. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Loads the page anew, with this hash. */
  readonly open: (hash: string) => Promise<void>;
  /** A picture of the whole page, as PNG. */
  readonly screenshot: (path: string) => Promise<void>;
};

/** How long things are waited for, in milliseconds: a guard against what never comes. */
export const patience = 30_000;

/** Asks until the answer will do. */
export async function until<Answer>(ask: () => Promise<Answer>, isEnough: (answer: Answer) => boolean, complaint: (answer: Answer) => string): Promise<Answer> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (Date.now() > end) throw new Error(complaint(answer));
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

/** Waits for a text of the page. */
export async function waitForText(text: () => Promise<string>, pattern: string | RegExp): Promise<void> {
  await until(
    text,
    (shown) => (typeof pattern === 'string' ? shown.includes(pattern) : pattern.test(shown)),
    (shown) => `the page did not come to show ${String(pattern)}; it shows:\n${shown}`,
  );
}

export function singleSpaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
