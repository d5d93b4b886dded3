import type { Factor, Integer, Term, Variable } from './integer-form.ts';

/**
 * `2*H*W - H - 2`, `floor((W + 1) / 2)`. Products first, the constant last; of like terms those that are added first.
 *
 * @example
 * printInteger(elementCount(input('x', ['H', 'W', 2]).shape)); // => '2*H*W'
 */
export function printInteger(a: Integer): string {
  if (typeof a === 'number') return String(a);
  const ordered = [...a.terms].sort(
    (x, y) => y.factors.length - x.factors.length || Number(x.coefficient < 0) - Number(y.coefficient < 0),
  );
  return ordered.map(printTerm).reduce((text, part, position) => {
    if (position === 0) return part;
    return part.startsWith('-') ? `${text} - ${part.slice(1)}` : `${text} + ${part}`;
  }, '');
}

function printTerm(each: Term): string {
  const names = each.factors.map(printFactor);
  if (names.length === 0) return String(each.coefficient);
  if (each.coefficient === 1) return names.join('*');
  if (each.coefficient === -1) return `-${names.join('*')}`;
  return `${each.coefficient}*${names.join('*')}`;
}

function printFactor(factor: Factor): string {
  if (factor.kind === 'variable') return printName(factor);
  if (factor.kind === 'element') return `(${factor.table.join(' ')})[${printInteger(factor.index)}]`;
  if (factor.kind === 'reflected') return `${factor.mode}(${printInteger(factor.index)}, ${printInteger(factor.size)})`;
  if (factor.kind === 'clamp') return `clamp(${printInteger(factor.value)}, 0, ${printInteger(factor.limit)})`;
  const numerator = printInteger(factor.numerator);
  const divisor = printInteger(factor.divisor);
  const wrap = (text: string): string => (/[ *]/.test(text) ? `(${text})` : text);
  return `floor(${wrap(numerator)} / ${wrap(divisor)})`;
}

/** A name that is no plain identifier is quoted, so that text forms stay readable by machine. */
function printName(variable: Variable): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable.name) && !['floor', 'clamp', 'reflect', 'symmetric', 'NaN', 'Infinity'].includes(variable.name)
    ? variable.name
    : JSON.stringify(variable.name);
}
