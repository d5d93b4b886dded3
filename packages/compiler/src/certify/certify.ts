import { printShape, type Tensor } from '@xcorr/graph';
import type { Backend, Machine } from '../backend.ts';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import type { Graph } from '../lower/lower.ts';
import { lowerProgram } from '../lower-program.ts';
import type { Pass } from '../passes/rewrite.ts';
import type { Program } from '../program.ts';
import { bindingsFor, sizeNamesIn } from './bindings.ts';
import { CertificateError } from './certificate-error.ts';
import { createField, type Field } from './field.ts';
import type { FieldElement } from './field-element.ts';
import { isSame } from './pair.ts';
import { chanceInRounds, mostRounds, pointsOfRound, type Questions } from './questions.ts';
import { stepsOf, type Computation, type Place, type Result, type Step } from './stages.ts';

export { CertificateError };

/** What was compared. */
export interface Certificate {
  /** The stages that were found equal to the graph as written, in order. */
  readonly stages: readonly string[];
  /** Elements of results that were compared, at each stage and at all points. */
  readonly elements: number;
  /** Random points at which they were. */
  readonly points: number;
  /** The degree, at most, of the difference of two values that were compared, as a polynomial. */
  readonly degree: number;
  /** Arguments of unknown functions and divisors that random numbers had to tell apart. */
  readonly questions: number;
  /** The probability, at most, that stages that differ were found equal. */
  readonly errorProbability: number;
  /** The numbers that stood for named sizes, a binding each. */
  readonly bindings: readonly ReadonlyMap<string, number>[];
}

export interface CertifyOptions {
  /** Where the random points begin: a whole number, the same points in every call. Default: 0. */
  readonly seed?: number;
  /** Numbers for the named sizes. Default: at most five bindings that fit: the smallest, and others in which sizes rise, fall and are equal. */
  readonly bindings?: readonly ReadonlyMap<string, number>[];
  /**
   * Numbers for all named sizes: what is certified is the program that is made for these sizes alone, against the graph
   * as written at them. Default: the program for any size.
   */
  readonly sizes?: ReadonlyMap<string, number>;
  /** The passes, and what makes programs of graphs: the compiler's own, unless it is they that are tested. */
  readonly passes?: readonly Pass[];
  readonly lower?: (graph: Graph, machine: Machine) => Program;
}

/** What no certificate looks at, in words. */
export const notCertified =
  'casts and storage types, rounding at run time, what states hold at first, lifetimes of buffers, which loops are parallel, what a backend emits, and named sizes other than those tried';

/** What an error may have as its probability at most. */
const wantedProbability = 2 ** -50;

/**
 * Proves by random evaluation that each stage of a compilation computes the graph as it was written: the graph after each
 * pass, its loop nests, and the nests as scheduled. All of them are evaluated exactly, over a prime field of 61 bits, at
 * two random points for what is fed and for states, and must agree to the last bit: no tolerance is involved.
 *
 * Additions, products, quotients, whole powers, correlations and movements are rational functions of what is fed.
 * Functions that are none, comparisons and choices among them, count as unknown ones, which give equal values for equal
 * arguments: each value of one is a variable to what is made of it. Two rational functions n / d and n' / d' that differ
 * agree at a random point with a probability of at most degree / p, where the degree is that of n d' - n' d (Schwartz
 * 1980, Zippel 1979), and at both points with the square of that. Which arguments of unknown functions are equal, and which
 * divisors, is asked at these points, too: N such questions are all answered rightly but for a probability of about
 * N^2 / 2 times the same square (`chanceInRound` has the proof). Degrees and questions are counted while the stages are
 * evaluated, and more points are taken where that is needed for stages that are found equal to differ with a probability
 * below 2^-50. That is proved of random points; those of a seed are drawn by a generator of 128 bits of state, the same in
 * every call.
 *
 * Literals are exact: float32 numbers that differ by their last bit are different elements. What is made of literals alone
 * is computed as the compiler computes it, each operation in double precision as it is written, and sums over elements,
 * which loops may take in any order, without rounding. Where constants are folded, the graph before it is evaluated as the
 * definition folds: sums in order, and the result rounded to its dtype, as constants are. So folding must be right to the
 * bit, and no other stage may change a bit of a literal, but for passes that say so: those that are laws of real numbers are
 * compared without any rounding of what is made of literals, and one that takes a product for a kernel starts at the graph
 * with that product, which is compared with the kernel tap by tap: it may differ by half a unit in the last place. What is proved is equality over this field: coefficients that
 * differ by a multiple of its prime are one. Infinities are variables, and 0 x = 0 where x is no literal.
 *
 * Casts and storage types are not looked at, nor is rounding at run time, what states hold at first, lifetimes of buffers,
 * which loops are parallel, or what a backend emits. Of named sizes each stage is tried at a few bindings; with `sizes`
 * the program that is made for these alone is certified, at them.
 *
 * @throws CertificateError naming the first stage that differs, and the element; CompileError for a spec that cannot be compiled.
 * @see Schwartz, "Fast Probabilistic Algorithms for Verification of Polynomial Identities", 1980; Zippel, "Probabilistic Algorithms for Sparse Polynomials", 1979
 * @example
 * const x = input('x', [4, 4]);
 * certify({ inputs: { x }, outputs: { y: corr2d(x, [[1, -1]]) } }, js()).stages.slice(-2); // => ['loops', 'schedule']
 */
export function certify(spec: ProgramSpec, { machine }: Pick<Backend, 'machine'>, options: CertifyOptions = {}): Certificate {
  const { graph } = checkSpec(spec);
  const { seed = 0, sizes, bindings = sizes === undefined ? bindingsFor(graph) : [sizes], lower = lowerProgram } = options;
  const steps = stepsOf(graph, { machine, passes: options.passes, lower, sizes });
  const proofs = bindings.map((binding) => proofAt(steps, binding, seed));
  const most = (of: (proof: Proof) => number): number => Math.max(0, ...proofs.map(of));
  return {
    stages: steps.map(({ name }) => name),
    elements: most(({ elements }) => elements),
    points: most(({ rounds }) => rounds) * pointsOfRound,
    degree: most(({ questions }) => questions.degree),
    questions: most(({ questions }) => questions.count),
    errorProbability: most(({ questions, rounds }) => chanceInRounds(questions, rounds)),
    bindings: sizeNamesIn(graph).length === 0 ? [] : bindings,
  };
}

/** What was compared at one binding of the named sizes. */
interface Proof {
  readonly elements: number;
  readonly rounds: number;
  readonly questions: Questions;
}

/** Compares the steps in as many rounds as it takes. */
function proofAt(steps: readonly Step[], sizes: ReadonlyMap<string, number>, seed: number): Proof {
  let elements = 0;
  let questions: Questions = { count: 0, degree: 1 };
  const moves = new Map<Tensor, Float64Array>();
  for (let rounds = 1; rounds <= mostRounds; rounds++) {
    const field = createField(seed, rounds);
    elements = compareAt(steps, { sizes, moves }, field);
    const { count, degree } = field.questions();
    questions = { count: Math.max(questions.count, count), degree: Math.max(questions.degree, degree) };
    if (chanceInRounds(questions, rounds) < wantedProbability) return { elements, rounds, questions };
    if (!(chanceInRounds(questions, mostRounds) < wantedProbability)) break;
  }
  const asked = questions.count === 0 ? '' : `, with ${questions.count} arguments of unknown functions and divisors,`;
  throw new CertificateError(`certify: results of degree ${questions.degree}${asked} are beyond what random points of this field can tell`);
}

/** Compares the results of each step with what it was given, in one round; the number of elements that were compared. */
function compareAt(steps: readonly Step[], { sizes, moves }: Pick<Place<FieldElement>, 'sizes' | 'moves'>, field: Field): number {
  const place: Place<FieldElement> = {
    scalars: field,
    sizes,
    moves,
    source: (name, count) => Array.from({ length: count }, (_, position) => field.random(name, position)),
    evaluated: new Map(),
    evaluatedExactly: new Map(),
  };
  const computed = new Map<Computation, readonly Result<FieldElement>[]>();
  const resultsOf = (computation: Computation): readonly Result<FieldElement>[] => {
    const results = computed.get(computation) ?? computation(place);
    computed.set(computation, results);
    return results;
  };
  let elements = 0;
  for (const { name, before, after } of steps) {
    const [given, made] = [resultsOf(before), resultsOf(after)];
    for (const result of [...given, ...made]) for (const element of result.elements) if (element !== undefined) field.compared(element);
    compare(name, given, made, sizes);
    elements = given.reduce((total, result) => total + result.elements.length, 0);
  }
  return elements;
}

const isEqual = (a: FieldElement | undefined, b: FieldElement | undefined): boolean => a === b || (a !== undefined && b !== undefined && isSame(a.elements, b.elements));

function compare(stage: string, given: readonly Result<FieldElement>[], made: readonly Result<FieldElement>[], sizes: ReadonlyMap<string, number>): void {
  given.forEach(({ name, tensor, elements }, position) => {
    const others = made[position]?.elements ?? [];
    const differs = elements.findIndex((element, index) => !isEqual(element, others[index]));
    if (differs < 0 && others.length === elements.length) return;
    const where = sizes.size === 0 ? '' : `, where ${[...sizes].map(([size, value]) => `${size} = ${value}`).join(', ')}`;
    throw new CertificateError(
      `certify: ${stage}, the result ${JSON.stringify(name)} ${printShape(tensor.shape)} is not what the graph computes${where}\n  ${
        differs < 0 ? `it has ${others.length} elements, the graph has ${elements.length}` : `the first element that differs is number ${differs} of ${elements.length}`
      }`,
    );
  });
}
