import { CompileError } from '@xcorr/graph';
import type { Artifact } from '@xcorr/compiler';
import { installedGpujs, type Importer } from './device/gpujs.ts';
import type { FunctionPlan, GpuArtifact, KernelPlan } from './emit/plan.ts';
import type { Limits, ModeName, Target } from './modes.ts';

/** What gpu.js translates with. Its own types leave most of this out. */
interface Translators {
  readonly FunctionBuilder: { readonly fromKernel: (kernel: object, node: unknown, options: object) => { readonly getPrototypeString: (name: string) => string } };
  readonly WebGL2FunctionNode: unknown;
  readonly WebGLFunctionNode: unknown;
  readonly WebGPUKernel: { new (source: string, settings: object): { readonly build: (...values: readonly unknown[]) => unknown; readonly compiledSource: string } };
  readonly CPUKernel: { new (source: string, settings: object): { readonly build: (...values: readonly unknown[]) => unknown; readonly kernelString: string } };
}

const needed: readonly (keyof Translators)[] = ['FunctionBuilder', 'WebGL2FunctionNode', 'WebGLFunctionNode', 'WebGPUKernel', 'CPUKernel'];

function isTranslators(module: unknown): module is Translators {
  return typeof module === 'object' && module !== null && needed.every((name) => name in module);
}

async function translatorsOf(importer: Importer): Promise<Translators> {
  const module = await importer();
  const whole = isTranslators(module) || typeof module !== 'object' || module === null || !('default' in module) ? module : module.default;
  if (!isTranslators(whole)) throw new CompileError('gpu: the module gpu.js has not what translates kernels\n  version 2.24.1 or later of 2 has: npm install gpu.js@^2.24.1');
  return whole;
}

/** A kernel on its way through a translator. */
interface Work {
  readonly kernel: KernelPlan;
  readonly functions: readonly FunctionPlan[];
  /** The names of its parameters, as its source has them. */
  readonly parameters: readonly string[];
}

function settingsOf({ kernel, functions }: Work, buffer: string): object {
  return {
    output: kernel.threads,
    argumentTypes: [...kernel.reads.map(() => buffer), ...kernel.specials.map(() => 'Float')],
    functions: functions.map(({ name, source, parameters, returns }) => ({ name, source, argumentTypes: Object.values(parameters), returnType: returns })),
    returnType: 'Number',
    precision: 'single',
    tactic: 'precision',
    pipeline: true,
    immutable: true,
    dynamicOutput: false,
    fixIntegerDivisionAccuracy: false,
    loopMaxIterations: 0x7fffffff,
  };
}

/** Values of the kinds that a kernel takes: what they are does not reach its text. */
function valuesFor({ kernel }: Work): readonly unknown[] {
  return [...kernel.reads.map(() => new Float32Array(1)), ...kernel.specials];
}

/** GLSL of a kernel and of the functions that it calls. What reads textures and counts threads is gpu.js's own and stands before it. */
function glsl({ FunctionBuilder }: Translators, node: unknown, work: Work): string {
  const { kernel, functions, parameters } = work;
  const types = [...kernel.reads.map(() => 'ArrayTexture(1)'), ...kernel.specials.map(() => 'Float')];
  const built = {
    ...settingsOf(work, 'ArrayTexture(1)'),
    source: kernel.source,
    functions: functions.map(({ name, source, parameters: typed, returns }) => ({ name, source, argumentTypes: Object.values(typed), returnType: returns })),
    argumentNames: parameters,
    kernelArguments: parameters.map((name, index) => ({ name, type: types[index] })),
    argumentSizes: [],
    argumentBitRatios: parameters.map(() => 4),
    kernelConstants: [],
    constants: {},
    constantTypes: {},
    constantBitRatios: {},
    nativeFunctions: [],
    plugins: [],
    subKernels: null,
    debug: false,
    graphical: false,
    optimizeFloatMemory: false,
    dynamicArguments: false,
    leadingReturnStatement: '',
    followingReturnStatement: '',
  };
  return FunctionBuilder.fromKernel(built, node, { fixIntegerDivisionAccuracy: false }).getPrototypeString('kernel');
}

/** The whole compute shader. gpu.js makes it at once, and asks for a device only then: that is left out. */
function wgsl({ WebGPUKernel }: Translators, work: Work): string {
  const kernel = new WebGPUKernel(work.kernel.source, settingsOf(work, 'Array'));
  Object.defineProperty(kernel, '_buildAsync', { value: () => Promise.resolve() });
  kernel.build(...valuesFor(work));
  return kernel.compiledSource;
}

function javascript({ CPUKernel }: Translators, work: Work): string {
  const kernel = new CPUKernel(work.kernel.source, settingsOf(work, 'Array'));
  kernel.build(...valuesFor(work));
  return kernel.kernelString;
}

/** What gpu.js makes of one kernel, in each mode. Modules of WebAssembly have no text: there it is what they are made of. */
const texts: Readonly<Record<ModeName, (translators: Translators, work: Work) => string>> = {
  webgl2: (translators, work) => glsl(translators, translators.WebGL2FunctionNode, work),
  webgl: (translators, work) => glsl(translators, translators.WebGLFunctionNode, work),
  headlessgl: (translators, work) => glsl(translators, translators.WebGLFunctionNode, work),
  webgpu: wgsl,
  webasm: (_, { kernel, functions }) => [...functions, kernel].map(({ source }) => source).join('\n'),
  cpu: javascript,
};

const languages: Readonly<Record<ModeName, string>> = {
  webgl2: 'GLSL ES 3.00, without what gpu.js puts before every kernel',
  webgl: 'GLSL ES 1.00, without what gpu.js puts before every kernel',
  headlessgl: 'GLSL ES 1.00, without what gpu.js puts before every kernel',
  webgpu: 'WGSL',
  webasm: 'the JavaScript that gpu.js turns into WebAssembly',
  cpu: 'JavaScript',
};

/** One statement a line, moved in by the braces around it: gpu.js writes as they come. */
function indented(text: string): string {
  let parentheses = 0;
  let broken = '';
  for (const letter of text) {
    if (letter === '(') parentheses++;
    if (letter === ')') parentheses--;
    const ends = parentheses === 0 && (letter === ';' || letter === '{');
    broken += letter === '}' ? '\n}' : ends ? `${letter}\n` : letter;
  }
  let depth = 0;
  const lines = broken.split('\n').map((line) => line.trim()).filter((line) => line !== '' && line !== ';');
  return lines
    .map((line) => {
      const at = line.startsWith('}') ? depth - 1 : depth;
      depth += line.split('{').length - line.split('}').length;
      return `${'  '.repeat(Math.max(0, at))}${line}`;
    })
    .join('\n');
}

function printThreads({ threads }: KernelPlan): string {
  return `${threads.join(' x ')} ${threads.every((extent) => extent === 1) ? 'thread makes' : 'threads make'}`;
}

function isGpuArtifact(artifact: Artifact): artifact is GpuArtifact {
  return 'plan' in artifact;
}

/**
 * The text that gpu.js makes of a program's kernels, which is what runs: GLSL, WGSL or JavaScript. No GPU is needed.
 *
 * @param artifact what `gpu().emit` gave
 * @param importer gives gpu.js; by default the one that is installed
 * @throws CompileError when gpu.js is absent, or the artifact is another backend's.
 * @example
 * const x = input('x', [2]);
 * const backend = gpu({ mode: 'webgl2' });
 * const program = programFor({ inputs: { x }, outputs: { y: square(x) } }, backend);
 * (await translate(backend.emit(program, assumedTarget('webgl2')))).includes('void kernel()'); // => true
 */
export async function translate(artifact: Artifact, importer: Importer = installedGpujs): Promise<string> {
  if (!isGpuArtifact(artifact)) throw new CompileError('translate: the artifact was not emitted for gpu.js\n  give what the emit of gpu() returns');
  const { mode, kernels, functions } = artifact.plan;
  const translators = await translatorsOf(importer);
  const heading = `// ${kernels.length} kernel${kernels.length === 1 ? '' : 's'} of gpu.js in mode ${mode}, launched in this order: ${languages[mode]}`;
  const parts = kernels.map((kernel) => {
    const [, list = ''] = /^function\s*\w*\(([^)]*)\)/.exec(kernel.source) ?? [];
    const parameters = list.split(',').map((name) => name.trim()).filter((name) => name !== '');
    const work = { kernel, functions: functions.filter(({ name }) => kernel.calls.includes(name)), parameters };
    const reading = kernel.reads.length === 0 ? '' : ` of ${kernel.reads.join(', ')}`;
    return `// ${kernel.name}: ${printThreads(kernel)} ${kernel.writes}${reading}\n${indented(texts[mode](translators, work))}`;
  });
  return `${[heading, ...parts].join('\n\n')}\n`;
}

/** What devices of each mode have nearly everywhere: text that is made for these is that of nearly every machine. */
const usual: Readonly<Record<ModeName, Limits>> = {
  webgl2: { textureSide: 8192, elements: 8192 ** 2, reads: 15, iterations: Infinity },
  webgl: { textureSide: 4096, elements: 4096 ** 2, reads: 8, iterations: Infinity },
  headlessgl: { textureSide: 8192, elements: 8192 ** 2, reads: 8, iterations: 65_535 },
  webgpu: { textureSide: 65_535, elements: 2 ** 25, reads: 7, iterations: Infinity },
  webasm: { textureSide: 2 ** 28, elements: 2 ** 28, reads: Infinity, iterations: Infinity },
  cpu: { textureSide: 2 ** 31 - 1, elements: 2 ** 31 - 1, reads: Infinity, iterations: Infinity },
};

/** A usual device of a mode, to emit for where there is none to be asked. @example assumedTarget('webgl2').mode; // => 'webgl2' */
export function assumedTarget(mode: ModeName): Target {
  return { mode, limits: usual[mode], device: '' };
}
