import { passes, programFor, runPass } from '@xcorr/compiler';
import { constant, input, printShape, type NodeOf, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import { describe, expect, test, vi } from 'vitest';
import { interpretWithBounds } from '../bounds/interpret-with-bounds.ts';
import { model } from '../../testing/model.ts';
import { nodesOf, printCase, rootsOf, specOf, type Case, type SetName } from '../case.ts';
import { createRandom } from '../random.ts';
import { createBench } from './bench.ts';
import { generateCase } from './generate.ts';
import { lawRecipes, lawTexts } from './law-recipes.ts';
import { drawPalette } from './palette.ts';
import { drawValues } from './values.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A graph as text that does not depend on when its nodes were made: each result written out, operands inside. */
function structureOf(test: Case): string {
  const texts = new Map<Tensor, string>();
  const write = (node: Tensor): string => {
    const known = texts.get(node);
    if (known !== undefined) return known;
    const operands: readonly Tensor[] = node.inputs;
    const parts = operands.map(write);
    const text = `#${texts.size} ${node.primitive}(${parts.map((part) => part.split(' ', 1).join('')).join(', ')}) ${printShape(node.shape)} ${JSON.stringify(node.attributes)}`;
    texts.set(node, text);
    return text;
  };
  rootsOf(test).forEach(write);
  return [...texts.values(), ...test.runs.map((run) => JSON.stringify(run))].join('\n');
}

const sets: readonly SetName[] = ['exact', 'real'];

describe.each(sets)('the set %s', (set) => {
  test('is the same for the same seed, whatever was made before', () => {
    const alone = [0, 1, 2, 3].map((number) => structureOf(generateCase(5, number, set).test));
    for (let number = 100; number < 110; number++) generateCase(5, number, set);
    expect([3, 2, 1, 0].map((number) => structureOf(generateCase(5, number, set).test)).reverse()).toEqual(alone);
  });

  test('is another for another seed or number', () => {
    const texts = [generateCase(5, 0, set), generateCase(5, 1, set), generateCase(6, 0, set)].map(({ test }) => printCase(test));
    expect(new Set(texts).size).toBe(3);
  });

  test('has graphs of 5 to 60 nodes, of which at least nine elements in ten are judged', () => {
    for (let number = 0; number < 30; number++) {
      const { test } = generateCase(8, number, set);
      expect(nodesOf(test).length).toBeGreaterThanOrEqual(5);
      expect(nodesOf(test).length).toBeLessThanOrEqual(60);
      const [feeds = {}] = test.runs;
      for (const { judged } of interpretWithBounds(rootsOf(test).concat(test.inputs), feeds)) expect(judged.filter((each) => each === 1).length).toBeGreaterThanOrEqual(0.9 * judged.length);
    }
  });
});

describe.each(['float32', 'float64'] as const)('for a backend of %s alone', (dtype) => {
  test.each(sets)('no tensor, and no buffer, of the set %s has another', (set) => {
    for (let number = 0; number < 120; number++) {
      const { test: each } = generateCase(11, number, set, [dtype]);
      expect(new Set(nodesOf(each).map((node) => node.dtype))).toEqual(new Set([dtype]));
      const storages = programFor(specOf(each), model()).buffers.map(({ storage }) => storage);
      expect(storages.filter((storage) => storage !== dtype && storage !== 'uint8')).toEqual([]);
    }
  });
});

test('the exact set has no error in any order of operations', () => {
  for (let number = 0; number < 30; number++) {
    const { test } = generateCase(9, number, 'exact');
    const [feeds = {}] = test.runs;
    for (const { bounds } of interpretWithBounds(rootsOf(test).concat(test.inputs), feeds)) expect(bounds.every((bound) => bound === 0)).toBe(true);
  }
});

describe('a law recipe makes a graph to which the law applies', () => {
  const isInput = (tensor: Tensor): tensor is NodeOf<'input'> => tensor.primitive === 'input';

  test.each(lawTexts)('%s', (text) => {
    const random = createRandom(3);
    const x = input('x', [2, 3]);
    const bench = createBench({ random, set: 'exact', palette: drawPalette(random, 'exact', ['float32', 'float64']), pool: [x, constant(drawValues(random, 'exact', 'float32', [3]))], dtype: 'float32' });
    const y = lawRecipes[text](x, bench);
    const graph = { inputs: [x].filter(isInput), states: [], outputs: [{ name: 'y', tensor: y, storage: y.dtype }], updates: [] };
    const [better] = passes.reduce(runPass, graph).outputs;
    expect(better === undefined ? '' : print({ y: better.tensor })).not.toBe(print({ y }));
  });
});
