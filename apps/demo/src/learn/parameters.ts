import { readMatrix, readNumber, writeMatrix } from '../page/matrix-text.ts';
import { imageNames, initial, largestTap, mostMomentum, mostSide, mostSteps, optimiserNames, paces, startNames, targetNames, type LearnState } from './state.ts';

type Codec<Value> = { readonly write: (value: Value) => string; readonly read: (text: string) => Value | undefined };

function oneOf<Name extends string>(names: readonly Name[]): Codec<Name> {
  return { write: (name) => name, read: (text) => names.find((name) => name === text) };
}

function numberWithin(low: number, high: number, isWhole: boolean): Codec<number> {
  return {
    write: String,
    read: (text) => {
      const number = readNumber(text);
      return number !== undefined && number >= low && number <= high && (!isWhole || Number.isInteger(number)) ? number : undefined;
    },
  };
}

const codecs: { readonly [Name in keyof LearnState]: Codec<LearnState[Name]> } = {
  image: oneOf(imageNames),
  target: oneOf([...targetNames, 'drawn']),
  drawn: {
    write: writeMatrix,
    read: (text) => {
      const matrix = readMatrix(text, mostSide);
      return matrix?.flat().every((tap) => Math.abs(tap) <= largestTap) === true ? matrix : undefined;
    },
  },
  start: oneOf(startNames),
  seed: numberWithin(0, Number.MAX_SAFE_INTEGER, true),
  optimiser: oneOf(optimiserNames),
  rate: numberWithin(0, 1e6, false),
  momentum: numberWithin(0, mostMomentum, false),
  whiten: { write: (value) => (value ? '1' : '0'), read: (text) => (text === '1' ? true : text === '0' ? false : undefined) },
  steps: numberWithin(1, mostSteps, true),
  pace: oneOf(paces),
};

function differing<Name extends keyof LearnState>(name: Name, state: Pick<LearnState, Name>): string | undefined {
  const text = codecs[name].write(state[name]);
  return text === codecs[name].write(initial[name]) ? undefined : text;
}

function taken<Name extends keyof LearnState>(name: Name, parameters: URLSearchParams): LearnState[Name] {
  const text = parameters.get(name);
  return (text === null ? undefined : codecs[name].read(text)) ?? initial[name];
}

const names = ['image', 'target', 'drawn', 'start', 'seed', 'optimiser', 'rate', 'momentum', 'whiten', 'steps', 'pace'] as const satisfies readonly (keyof LearnState)[];

/** What differs from the initial state. */
export function writeState(state: LearnState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = differing(name, state);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** What is missing or wrong is as it is initially. */
export function readState(parameters: URLSearchParams): LearnState {
  return {
    image: taken('image', parameters),
    target: taken('target', parameters),
    drawn: taken('drawn', parameters),
    start: taken('start', parameters),
    seed: taken('seed', parameters),
    optimiser: taken('optimiser', parameters),
    rate: taken('rate', parameters),
    momentum: taken('momentum', parameters),
    whiten: taken('whiten', parameters),
    steps: taken('steps', parameters),
    pace: taken('pace', parameters),
  };
}
