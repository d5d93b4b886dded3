import { topologicalOrder, type BinaryName, type Tensor, type UnaryName } from '@xcorr/graph';
import type { Expression } from '../expression.ts';
import type { LoopNest, Statement } from '../nest.ts';
import type { Buffer } from '../program.ts';

// The degree that a value has at most as a polynomial in what is fed. A quotient of polynomials counts both. What an unknown
// function gives is a variable of its own.

const unaryDegree = (name: UnaryName, x: number): number => (name === 'neg' || x === 0 ? x : 1);

/** The largest exponent that is taken as a power, times the degree of what is raised. */
const powerDegree = (base: number): number => 64 * base;

function binaryDegree(name: BinaryName, a: number, b: number): number {
  switch (name) {
    case 'mul':
    case 'div':
      return a + b;
    case 'add':
    case 'sub':
      return Math.max(a, b);
    case 'min':
    case 'max':
      return Math.max(a, b, a + b === 0 ? 0 : 1);
    case 'pow':
      return b === 0 ? powerDegree(a) : 1;
    case 'atan2':
    case 'less':
    case 'lessEqual':
    case 'equal':
      return a + b === 0 ? 0 : 1;
  }
}

/** The degree of the elements of some tensors, at most. */
export function degreeOfGraph(roots: readonly Tensor[]): number {
  const degrees = new Map<Tensor, number>();
  const degreeOf = (tensor: Tensor): number => degrees.get(tensor) ?? 0;
  for (const node of topologicalOrder(roots)) degrees.set(node, degreeOfNode(node, degreeOf));
  return roots.reduce((most, root) => Math.max(most, degreeOf(root)), 0);
}

function degreeOfNode(node: Tensor, degreeOf: (operand: Tensor) => number): number {
  switch (node.primitive) {
    case 'input':
    case 'state':
      return 1;
    case 'neg':
    case 'abs':
    case 'sign':
    case 'sqrt':
    case 'exp':
    case 'log':
    case 'sin':
    case 'cos':
    case 'tanh':
    case 'floor':
      return unaryDegree(node.primitive, degreeOf(node.inputs[0]));
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'min':
    case 'max':
    case 'pow':
    case 'atan2':
    case 'less':
    case 'lessEqual':
    case 'equal':
      return binaryDegree(node.primitive, degreeOf(node.inputs[0]), degreeOf(node.inputs[1]));
    case 'correlate':
      return degreeOf(node.inputs[0]) + degreeOf(node.inputs[1]);
    default: {
      // Constants have none; what moves, sums and selects has that of its operands.
      const operands: readonly Tensor[] = node.inputs;
      return operands.reduce((most, operand) => Math.max(most, degreeOf(operand)), 0);
    }
  }
}

/** The degree of what nests store, at most. */
export function degreeOfProgram(buffers: readonly Buffer[], nests: readonly LoopNest[]): number {
  const stored = new Map<string, number>(buffers.map(({ id, role }) => [id, role === 'input' || role === 'state' ? 1 : 0]));
  const named = new Map<string, number>();
  const raise = (table: Map<string, number>, name: string, degree: number): unknown => table.set(name, Math.max(table.get(name) ?? 0, degree));
  let computed = new Map<number, number>();
  const degreeOf = (expression: Expression): number => {
    const known = computed.get(expression.id) ?? compute(expression);
    computed.set(expression.id, known);
    return known;
  };
  const compute = (expression: Expression): number => {
    switch (expression.kind) {
      case 'constant':
      case 'integer':
        return 0;
      case 'load':
        return stored.get(expression.buffer) ?? 0;
      case 'local':
      case 'accumulator':
        return named.get(expression.name) ?? 0;
      case 'unary':
        return unaryDegree(expression.name, degreeOf(expression.operand));
      case 'binary':
        return binaryDegree(expression.name, degreeOf(expression.left), degreeOf(expression.right));
      case 'select':
        return Math.max(degreeOf(expression.condition), degreeOf(expression.whenTrue), degreeOf(expression.whenFalse));
      case 'guard':
        return Math.max(degreeOf(expression.inside), degreeOf(expression.outside));
    }
  };
  const visit = (statement: Statement): void => {
    computed = new Map();
    switch (statement.kind) {
      case 'loop':
        return statement.body.forEach(visit);
      case 'let':
      case 'accumulate':
        raise(named, statement.name, degreeOf(statement.value));
        return;
      case 'store':
        raise(stored, statement.buffer, degreeOf(statement.value));
        return;
      case 'accumulator':
    }
  };
  for (const nest of nests) nest.body.forEach(visit);
  return Math.max(0, ...stored.values());
}
