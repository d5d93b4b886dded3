import { compile, type Backend } from '@xcorr/compiler';
import { corr2d, grad, input, square, state, sub, sum } from '@xcorr/graph';
import { readPicture } from '@xcorr/image/node';
import { backends } from '../backends/names.ts';
import { withBackend } from '../backends/on-backend.ts';
import { photograph } from '../photograph.ts';

/** What came of trying one thing. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
}

/** Whether a backend is to be had here. One that is not is no fault. */
export interface Availability {
  readonly name: string;
  readonly available: boolean;
  /** Why it is not to be had. */
  readonly why?: string;
}

export interface Findings {
  readonly backends: readonly Availability[];
  readonly checks: readonly Check[];
}

/** Tries everything that commands need, on every backend that is to be had. A check that fails does not keep the others from being made. */
export async function examine(known: Readonly<Record<string, () => Backend<'async'>>> = backends): Promise<Findings> {
  const found: Availability[] = [];
  const checks: Check[] = [];
  for (const [name, make] of Object.entries(known)) {
    const backend = make();
    const why = await reasonAgainst(backend);
    found.push({ name, available: why === undefined, ...(why === undefined ? {} : { why }) });
    if (why !== undefined) continue;
    checks.push(await checked(`backend ${name}: a correlation`, () => withBackend(backend, correlation)));
    checks.push(await checked(`backend ${name}: a learning step`, () => withBackend(backend, learningStep)));
  }
  checks.push(await checked('pictures are read', readPhotograph));
  return { backends: found, checks };
}

/** Why a backend cannot be opened here, in a line; undefined where it can. */
async function reasonAgainst(backend: Backend<'async'>): Promise<string | undefined> {
  try {
    await backend.detect();
    return undefined;
  } catch (error) {
    // The name of the backend stands before it.
    return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.replace(/^gpu: /, '') ?? '';
  }
}

async function checked(name: string, find: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, found: await find() };
  } catch (error) {
    return { name, ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

/** The first example of the chapter: its numbers are known. */
async function correlation(backend: Backend<'async'>): Promise<string> {
  const X = input('X', [3, 3]);
  const program = await compile({ inputs: { X }, outputs: { Y: corr2d(X, [[0, 1], [2, 3]]) } }, backend);
  const { Y } = await program.run({ X: [[0, 1, 2], [3, 4, 5], [6, 7, 8]] });
  return expected(JSON.stringify(Y.toNested()), '[[19,25],[37,43]]', program.ranOn);
}

/** One step of gradient descent on (K * 3 - 6)^2 from K = 1: its derivative there is 2 (3 - 6) 3 = -18. */
async function learningStep(backend: Backend<'async'>): Promise<string> {
  const X = input('X', [1, 1]);
  const K = state('K', [[1]]);
  const [dK] = grad(sum(square(sub(corr2d(X, K), 6))), [K]);
  const program = await compile({ inputs: { X }, state: { K }, outputs: { dK }, updates: [[K, sub(K, dK)]] }, backend);
  const { dK: derivative } = await program.run({ X: [[3]] });
  return expected(JSON.stringify([derivative.toNested(), (await program.state.K).toNested()]), '[[[-18]],[[19]]]', program.ranOn);
}

function expected(found: string, right: string, ranOn: string): string {
  if (found !== right) throw new RangeError(`${found} on ${ranOn}, and ${right} is right`);
  return `${found} on ${ranOn}, as it must be`;
}

async function readPhotograph(): Promise<string> {
  const { width, height } = await readPicture(photograph);
  return `${width} x ${height}`;
}
