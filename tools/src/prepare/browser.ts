import { install, mayInstall } from './apt.ts';
import { commandOf, type Machine, type Prepared } from './machine.ts';

/** A browser that tests may need. */
export type Browser = {
  /** What its program may be called. */
  readonly names: readonly string[];
  /** The environment's variable that names one. */
  readonly variable: string;
  readonly product: string;
  /** Debian's package. */
  readonly package: string;
};

/**
 * Where a browser is: the program that its variable names, else the first on the PATH; undefined where there is none.
 *
 * @throws Error when the variable names no program: who asks for one browser never gets another.
 */
export function findBrowser({ names, variable, product }: Browser, machine: Pick<Machine, 'environment' | 'isProgram'>): string | undefined {
  const named = machine.environment[variable];
  if (named === undefined || named === '') return commandOf(names, machine);
  if (!machine.isProgram(named)) throw new Error(`${variable}: ${named} is no program; give the path of ${product}, or unset it and the PATH is searched`);
  return named;
}

/** Finds a browser, or installs it where it may. */
export function prepareBrowser(browser: Browser, machine: Machine): Prepared {
  const { names, variable, package: name } = browser;
  try {
    const found = findBrowser(browser, machine) ?? (mayInstall(machine) && install([name], machine) ? findBrowser(browser, machine) : undefined);
    if (found !== undefined) return { ready: true, additions: { [variable]: found }, launcher: [] };
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  const failed = mayInstall(machine) ? `, and apt-get did not install ${name}: its output above says why` : '';
  return refused(`none of ${names.join(', ')} is on the PATH${failed}. Install one (Debian: apt-get install ${name}), or set ${variable} to the path of one`);
}

function refused(text: string): Prepared {
  return { ready: false, trouble: `tests in a browser: ${text}` };
}
