import { expect, test, vi } from 'vitest';
import { thrown } from '../testing/thrown.ts';
import { describeOperands, XcorrError } from './errors.ts';
import { CompileError, FeedError, ShapeError, ValueError, add, input, grad } from './index.ts';

// The form that all errors share.

test('a tensor of another copy of the package', async () => {
  vi.resetModules();
  const copy = await import('./index.ts');
  expect(copy.input).not.toBe(input);
  expect(thrown(() => add(copy.input('X', [1]), 1))).toMatchInlineSnapshot(`"ValueError: add: this tensor was made by another copy of @xcorr/graph; keep one copy (npm ls @xcorr/graph shows them, npm dedupe merges them)"`);
  expect(thrown(() => grad(copy.sum(copy.input('X', [1])), []))).toMatchInlineSnapshot(`"ValueError: grad: this tensor was made by another copy of @xcorr/graph; keep one copy (npm ls @xcorr/graph shows them, npm dedupe merges them)"`);
  expect(thrown(() => add(copy.ndarray([1]), 1))).toMatchInlineSnapshot(`"ValueError: add: this NdArray was made by another copy of @xcorr/graph; keep one copy (npm ls @xcorr/graph shows them, npm dedupe merges them)"`);
});

test('the mark stands under the axis that breaks the law', () => {
  const operands = [{ role: 'input', shape: [1, 30, 600] }, { role: 'kernel', shape: [10, 300, 2] }];
  const marked = (axis: number): string => describeOperands('headline', operands, { text: 'law', axis });
  expect(marked(0)).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
               ^ law"
  `);
  expect(marked(1)).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
                   ^ law"
  `);
  expect(marked(2)).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
                        ^ law"
  `);
  expect(describeOperands('headline', operands, { text: 'law' })).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
      law"
  `);
});

test('every error is an XcorrError, and has its own name', () => {
  const errors = [new ShapeError('a'), new ValueError('b'), new FeedError('c'), new CompileError('d')];
  for (const error of errors) expect(error).toBeInstanceOf(XcorrError);
  expect(errors.map(({ name }) => name)).toEqual(['ShapeError', 'ValueError', 'FeedError', 'CompileError']);
});
