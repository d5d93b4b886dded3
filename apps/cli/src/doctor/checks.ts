import { js } from '@xcorr/backend-js';
import { compile, type Backend } from '@xcorr/compiler';
import { corr2d, grad, input, square, state, sub, sum } from '@xcorr/graph';
import { readPicture } from '@xcorr/image/node';
import { photograph } from '../photograph.ts';

/** What came of trying one thing. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or what is wrong. */
  readonly found: string;
}

/** The backends of this version, by name. */
export const backends: Readonly<Record<string, () => Backend<'sync'>>> = { js };

/** Tries everything that commands need. A check that fails does not keep the others from being made. */
export async function checks(available: Readonly<Record<string, () => Backend<'sync'>>> = backends): Promise<readonly Check[]> {
  const made: Check[] = [];
  for (const [name, backend] of Object.entries(available)) {
    made.push(await checked(`backend ${name}: a correlation`, () => correlation(backend())));
    made.push(await checked(`backend ${name}: a learning step`, () => learningStep(backend())));
  }
  made.push(await checked('pictures are read', readPhotograph));
  return made;
}

async function checked(name: string, find: () => string | Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, found: await find() };
  } catch (error) {
    return { name, ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

/** The first example of the chapter: its numbers are known. */
function correlation(backend: Backend<'sync'>): string {
  const X = input('X', [3, 3]);
  const program = compile({ inputs: { X }, outputs: { Y: corr2d(X, [[0, 1], [2, 3]]) } }, backend);
  const { Y } = program.run({ X: [[0, 1, 2], [3, 4, 5], [6, 7, 8]] });
  return expected(JSON.stringify(Y.toNested()), '[[19,25],[37,43]]', program.ranOn);
}

/** One step of gradient descent on (K * 3 - 6)^2 from K = 1: its derivative there is 2 (3 - 6) 3 = -18. */
function learningStep(backend: Backend<'sync'>): string {
  const X = input('X', [1, 1]);
  const K = state('K', [[1]]);
  const [dK] = grad(sum(square(sub(corr2d(X, K), 6))), [K]);
  const program = compile({ inputs: { X }, state: { K }, outputs: { dK }, updates: [[K, sub(K, dK)]] }, backend);
  const { dK: derivative } = program.run({ X: [[3]] });
  return expected(JSON.stringify([derivative.toNested(), program.state.K.toNested()]), '[[[-18]],[[19]]]', program.ranOn);
}

function expected(found: string, right: string, ranOn: string): string {
  if (found !== right) throw new RangeError(`${found} on ${ranOn}, and ${right} is right`);
  return `${found} on ${ranOn}, as it must be`;
}

async function readPhotograph(): Promise<string> {
  const { width, height } = await readPicture(photograph);
  return `${width} x ${height}`;
}
