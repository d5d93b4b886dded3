import { walk, type Backend, type Expression, type HostProgram, type LoopNest, type Program, type Statement } from '@xcorr/compiler';
import { printShape, type TypedArray } from '@xcorr/graph';
import type { CheckName } from '../../src/suite/checks.ts';
import { codeOf, model, semantics } from '../model.ts';
import { damaged, firstExpression, withBufferIn } from './damage.ts';
import { tablesByLength } from './index-damage.ts';

/** Something that a backend as a whole does wrong: with arrays, from run to run, or in what it says. */
export interface BackendFault {
  readonly check: CheckName;
  readonly backend: () => Backend<'sync'>;
}

type Run = HostProgram['run'];

/** The model, run otherwise. */
const around =
  (changed: (run: Run, program: Program) => Run): BackendFault['backend'] =>
  () => {
    const right = model();
    return { ...right, load: (artifact) => {
      const loaded = right.load(artifact);
      return { ...loaded, run: changed(loaded.run, artifact.program) };
    } };
  };

const arraysOf = (role: Program['buffers'][number]['role'], { buffers }: Program, arrays: readonly TypedArray[]): readonly TypedArray[] => arrays.filter((_, position) => buffers[position]?.role === role);

/** A scheduled nest without the statements that are to go. */
function without(nest: LoopNest, isLost: (statement: Statement) => boolean): LoopNest {
  const within = (body: readonly Statement[]): readonly Statement[] => body.filter((each) => !isLost(each)).map((each) => (each.kind === 'loop' ? { ...each, body: within(each.body) } : each));
  return { ...nest, body: within(nest.body) };
}

/** How many binary operations stand in one another. */
function depthOf(expression: Expression): number {
  let depth = 0;
  for (let each = expression; each.kind === 'binary'; each = each.right) depth++;
  return depth;
}

const lastArrays = new Map<string, TypedArray>();

export const backendFaults: Readonly<Record<string, BackendFault>> = {
  'the states of the first run are read for ever': {
    check: 'states: updates',
    backend: around((run, program) => {
      let first: readonly TypedArray[] | undefined;
      return (arrays, sizes) => {
        const states = arraysOf('state', program, arrays);
        first ??= states.map((state) => state.slice());
        states.forEach((state, position) => state.set(first?.[position] ?? state));
        run(arrays, sizes);
      };
    }),
  },
  'the sizes of the first run are taken for ever': {
    check: 'sizes: named',
    backend: around((run) => {
      let first: readonly number[] | undefined;
      return (arrays, sizes) => run(arrays, (first ??= sizes));
    }),
  },
  'named sizes have 16 bits': {
    check: 'sizes: more than 2^16 elements',
    backend: around((run) => (arrays, sizes) => run(arrays, sizes.map((size) => size & 0xffff))),
  },
  'results are added to what was there': {
    check: 'results: in arrays of the caller',
    backend: around((run, program) => (arrays, sizes) => {
      const outputs = arraysOf('output', program, arrays);
      const before = outputs.map((output) => output.slice());
      run(arrays, sizes);
      outputs.forEach((output, position) => output.forEach((value, index) => void (output[index] = value + (before[position]?.[index] ?? 0))));
    }),
  },
  'a result that is 0 is not written': {
    check: 'nests: maps',
    backend: around((run, program) => (arrays, sizes) => {
      const outputs = arraysOf('output', program, arrays);
      const before = outputs.map((output) => output.slice());
      run(arrays, sizes);
      outputs.forEach((output, position) => output.forEach((value, index) => void (output[index] = value === 0 ? (before[position]?.[index] ?? 0) : value)));
    }),
  },
  'the results of the first run are views of the last one': {
    check: 'results: belong to the caller',
    backend: around((run, program) => {
      let first: readonly TypedArray[] | undefined;
      return (arrays, sizes) => {
        run(arrays, sizes);
        const outputs = arraysOf('output', program, arrays);
        first ??= outputs;
        first.forEach((output, position) => output.set(outputs[position] ?? output));
      };
    }),
  },
  'a run over the arrays of the last one is left out': {
    check: 'states: many times in one call',
    backend: around((run, program) => {
      let last: readonly TypedArray[] = [];
      return (arrays, sizes) => {
        const outputs = arraysOf('output', program, arrays);
        const isSame = outputs.length === last.length && outputs.every((output, position) => output === last[position]);
        if (!isSame) run(arrays, sizes);
        last = outputs;
      };
    }),
  },
  'feeds are used as room': {
    check: 'results: belong to the caller',
    backend: around((run, program) => (arrays, sizes) => {
      run(arrays, sizes);
      for (const input of arraysOf('input', program, arrays)) input.fill(3);
    }),
  },
  'programs with states of one name share them': {
    check: 'states: programs of their own',
    backend: around((run, program) => (arrays, sizes) => {
      arrays.forEach((array, position) => {
        const { role = 'input', label = '' } = program.buffers[position] ?? {};
        if (role === 'state') array.set(lastArrays.get(label)?.slice(0, array.length) ?? array);
      });
      run(arrays, sizes);
      arrays.forEach((array, position) => {
        const { role = 'input', label = '', state } = program.buffers[position] ?? {};
        if (role === 'state' || (role === 'next' && state !== undefined)) lastArrays.set(label, array.slice());
      });
    }),
  },
  'every second program sums in another way': {
    check: 'results: the same bits again',
    backend: () => {
      let compiled = 0;
      const [right, other] = [model(), model({ gather: { ...semantics.gather, add: (total, value) => Math.fround(total + value) } })];
      return { ...right, load: (artifact) => (compiled++ % 2 === 0 ? right : other).load(artifact) };
    },
  },
  'every second run sums in another way': {
    check: 'results: the same bits again',
    backend: () => {
      const [right, other] = [model(), model({ gather: { ...semantics.gather, add: (total, value) => Math.fround(total + value) } })];
      return {
        ...right,
        load: (artifact) => {
          const [one, another] = [right.load(artifact), other.load(artifact)];
          let runs = 0;
          return { ...one, run: (arrays, sizes) => (runs++ % 2 === 0 ? one : another).run(arrays, sizes) };
        },
      };
    },
  },
  'what a run gave is kept': {
    check: 'programs: memory',
    backend: around((run, program) => {
      const kept: unknown[] = [];
      return (arrays, sizes) => {
        run(arrays, sizes);
        kept.push(...arraysOf('output', program, arrays));
      };
    }),
  },
  'a few numbers of every run are kept': {
    check: 'programs: memory',
    backend: around((run) => {
      const kept: unknown[] = [];
      return (arrays, sizes) => {
        run(arrays, sizes);
        kept.push(Float64Array.of(1, 2, 3));
      };
    }),
  },
  'constants are 0 behind element 4096': {
    check: 'nests: many elements',
    backend: around((run, program) => (arrays, sizes) => {
      for (const constant of arraysOf('constant', program, arrays)) constant.fill(0, 4096);
      run(arrays, sizes);
    }),
  },
  'a 0 is no largest element': {
    check: 'nests: largest elements',
    backend: () => model({}, (nest) => without(nest, (each) => each.kind === 'accumulate' && each.operator === 'max' && each.value.kind === 'constant' && each.value.value === 0)),
  },
  'bytes are read where they are stored': {
    check: 'nests: several in a row',
    backend: () =>
      damaged(model(), (program) => {
        const bytes = program.buffers.find(({ role, storage }) => role === 'output' && storage === 'uint8');
        const values = program.buffers.find(({ role, shape }) => role === 'temporary' && bytes !== undefined && printShape(shape) === printShape(bytes.shape));
                if (bytes === undefined || values === undefined) return program;
        const makes = ({ nest }: Program['nests'][number]): boolean => [...walk(nest.body)].some(([each]) => each.kind === 'store' && (each.buffer === bytes.id || each.buffer === values.id));
        return { ...program, nests: program.nests.flatMap((each) => (makes(each) ? [each] : withBufferIn({ ...program, nests: [each] }, values.id, bytes.id).nests)) };
      }),
  },
  'the 180th operation in one another is left out': {
    check: 'nests: deep expressions',
    backend: () => damaged(model(), firstExpression((each) => (each.kind === 'binary' && depthOf(each) === 180 ? each.right : undefined))),
  },
  'two tables of one length are one': { check: 'nests: maps', backend: () => damaged(model(), tablesByLength) },
  'an artifact of another backend is loaded': {
    check: 'programs: artifacts of others',
    backend: () => {
      const right = model();
      return { ...right, load: ({ program }) => right.load(right.emit(program, undefined)) };
    },
  },
  'copies of what a run gave are kept': {
    check: 'programs: memory',
    backend: around((run, program) => {
      const kept: unknown[] = [];
      return (arrays, sizes) => {
        run(arrays, sizes);
        kept.push(...arraysOf('output', program, arrays).map((output) => output.slice()));
      };
    }),
  },
  'names reach the code in comments': {
    check: 'programs: names from outside',
    backend: () => ({ ...model(), emit: (program) => ({ program, code: `${program.buffers.map(({ label }) => `// ${label}`).join('\n')}\n${codeOf(program)}` }) }),
  },
  'names of sizes reach the code': {
    check: 'programs: names from outside',
    backend: () => ({ ...model(), emit: (program) => ({ program, code: `let ${program.sizes.join(', ')};\n${codeOf(program)}` }) }),
  },
  'code counts its programs': {
    check: 'programs: emission is pure',
    backend: () => {
      let emitted = 0;
      return { ...model(), emit: (program) => ({ program, code: `// program ${emitted++}\n${codeOf(program)}` }) };
    },
  },
  'emission changes the program': {
    check: 'programs: emission is pure',
    backend: () => ({
      ...model(),
      emit: (program) => {
        for (const buffer of program.buffers) Reflect.set(buffer, 'label', '');
        return { program, code: codeOf(program) };
      },
    }),
  },
  'it runs elsewhere than its name says': { check: 'programs: where they ran', backend: () => ({ ...model(), name: 'gpu' }) },
  'what it loads claims the name of another backend': {
    check: 'programs: where they ran',
    backend: () => {
      const right = model();
      return { ...right, load: (artifact) => ({ ...right.load(artifact), ranOn: 'models' }) };
    },
  },
  'what it loads for any size claims the name of another backend': {
    check: 'programs: where they ran',
    backend: () => {
      const right = model();
      return { ...right, load: (artifact) => ({ ...right.load(artifact), ranOn: artifact.program.sizes.length > 0 ? 'js' : 'model:one' }) };
    },
  },
  'what it cannot do stops it at the run': {
    check: 'nests: maps',
    backend: around((run, { buffers }) => (arrays, sizes) => {
      if (buffers.some(({ shape }) => shape.length > 4)) throw new RangeError('this backend has four axes');
      run(arrays, sizes);
    }),
  },
};
