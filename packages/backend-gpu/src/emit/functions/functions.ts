import type { FunctionPlan } from '../plan.ts';
import { angleFunctions, type AngleFunctionName } from './angles.ts';
import { exponentialFunctions, type ExponentialFunctionName } from './exponentials.ts';
import type { FunctionText } from './function-text.ts';
import { integerFunctions, type IntegerFunctionName } from './integers.ts';
import { orderingFunctions, type OrderingFunctionName } from './ordering.ts';

/** The functions that kernels may call. */
export type FunctionName = IntegerFunctionName | OrderingFunctionName | ExponentialFunctionName | AngleFunctionName;

const texts: Readonly<Record<FunctionName, FunctionText>> = { ...integerFunctions, ...orderingFunctions, ...exponentialFunctions, ...angleFunctions };
const byName: ReadonlyMap<string, FunctionText> = new Map(Object.entries(texts));

/** Some functions and those that they call, each behind what it calls itself. */
export function functionsFor(names: Iterable<string>): readonly FunctionPlan[] {
  const plans = new Map<string, FunctionPlan>();
  const add = (name: string): void => {
    const text = byName.get(name);
    if (text === undefined || plans.has(name)) return;
    const { calls, ...plan } = text;
    calls.forEach(add);
    plans.set(name, { name, ...plan });
  };
  for (const name of names) add(name);
  return [...plans.values()];
}
