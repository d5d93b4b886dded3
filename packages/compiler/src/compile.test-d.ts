import { input, mul, state, type NdArray, type Tensor } from '@xcorr/graph';
import { expectTypeOf } from 'vitest';
import { direct, directLater } from '../testing/direct.ts';
import { compile } from './compile.ts';
import type { AsyncExecutable } from './executable.ts';
import { jit } from './jit.ts';

const photo = input('photo', [2, 2]);
const K = state('K', 1);
const spec = { inputs: { photo }, state: { K }, outputs: { edges: mul(photo, K) } } as const;
const program = compile(spec, direct());
const picture = [[1, 2], [3, 4]];

// Feeds, results, states and views are typed by the names given to compile.
expectTypeOf(program.run({ photo: picture })).toEqualTypeOf<{ readonly edges: NdArray }>();
expectTypeOf(program.state).toEqualTypeOf<{ readonly K: NdArray }>();
expectTypeOf(program.inputs).toEqualTypeOf<{ readonly photo: NdArray }>();
expectTypeOf(program.outputs).toEqualTypeOf<{ readonly edges: NdArray }>();

// @ts-expect-error The input is called photo.
program.run({ foto: picture });
// @ts-expect-error The input is not fed.
program.run({});
// @ts-expect-error There is one feed too many.
program.run({ photo: picture, mask: 1 });
// @ts-expect-error A text is no value.
program.run({ photo: 'photo.png' });
// @ts-expect-error There is no such output.
program.run({ photo: picture }).edge;
// @ts-expect-error There is no such state.
program.state.kernel;
// @ts-expect-error Only outputs are recorded.
program.run({ photo: picture }, { times: 2, record: ['photo'] });
// @ts-expect-error An array for each output is wanted.
program.runInto({ photo: picture }, {});

// An update is a pair of tensors, and so is everything else in a spec.
// @ts-expect-error A number is no output.
compile({ outputs: { y: 1 } }, direct());
// @ts-expect-error An update has two parts.
compile({ outputs: {}, updates: [[K]] }, direct());

// On an asynchronous backend a program is a promise, and so is each of its results.
const later = compile(spec, directLater(() => Promise.resolve()));
expectTypeOf(later).toEqualTypeOf<Promise<AsyncExecutable<{ readonly photo: Tensor }, { readonly K: Tensor }, { readonly edges: Tensor }>>>();
const ready = await later;
expectTypeOf(ready.run({ photo: picture })).toEqualTypeOf<Promise<{ readonly edges: NdArray }>>();
expectTypeOf(ready.run({ photo: picture }, { results: [] })).toEqualTypeOf<Promise<{}>>();
// @ts-expect-error Only outputs are read back.
ready.run({ photo: picture }, { results: ['photo'] });
// @ts-expect-error What is not read back is not there.
(await ready.run({ photo: picture }, { results: [] })).edges;
expectTypeOf(ready.state.K).toEqualTypeOf<Promise<NdArray>>();
// @ts-expect-error A promise has no outputs.
ready.run({ photo: picture }).edges;

// A traced function takes a value for each tensor and gives values as the function gives tensors.
const scaled = jit((x: Tensor, by: Tensor) => ({ y: mul(x, by) }), direct());
expectTypeOf(scaled(picture, 2)).toEqualTypeOf<{ readonly y: NdArray }>();
expectTypeOf(jit((x: Tensor) => mul(x, 2), direct())(picture)).toEqualTypeOf<NdArray>();
// @ts-expect-error The second argument is missing.
scaled(picture);
