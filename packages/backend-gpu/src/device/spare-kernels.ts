import type { FunctionPlan, KernelPlan } from '../emit/plan.ts';
import { lengthOf, type Device, type Launch, type Layout } from './device.ts';

/** How much is kept of what no program uses: what a kernel wrote last stays in its memory. */
export interface SpareLimits {
  readonly kernels: number;
  readonly elements: number;
}

const usual: SpareLimits = { kernels: 128, elements: 2 ** 18 };

interface Spare {
  readonly key: string;
  readonly elements: number;
  readonly launch: Launch;
}

/** Equal for two kernels that are compiled alike: their numbers come with each run, their names with errors alone. */
function keyOf({ source, threads, specials, calls }: KernelPlan, functions: readonly FunctionPlan[], layouts: readonly Layout[]): string {
  return JSON.stringify([source, threads, specials.length, layouts, functions.filter(({ name }) => calls.includes(name))]);
}

/**
 * A device that keeps the kernels which programs give back, the last ones of them, until it is closed: a program that needs an
 * equal one has it without a compilation. A kernel is one program's at a time: what is refused of it is no other's.
 */
export function withSpares(device: Device, limits: SpareLimits = usual): Device {
  /** Who was given back last stands last. */
  const spares: Spare[] = [];
  let isClosed = false;
  const take = (key: string): Launch | undefined => {
    const at = spares.findLastIndex((spare) => spare.key === key);
    return at < 0 ? undefined : spares.splice(at, 1)[0]?.launch;
  };
  const keep = (spare: Spare): void => {
    const { launch, elements } = spare;
    if (isClosed || device.isLost() || elements > limits.elements) return launch.destroy();
    launch.giveBack();
    spares.push(spare);
    const isTooMuch = (): boolean => spares.length > limits.kernels || spares.reduce((total, each) => total + each.elements, 0) > limits.elements;
    while (isTooMuch()) spares.shift()?.launch.destroy();
  };
  return {
    ...device,
    compile: async (plan, functions, layouts) => {
      const key = keyOf(plan, functions, layouts);
      const launch = take(key) ?? (await device.compile(plan, functions, layouts));
      return { ...launch, giveBack: () => keep({ key, elements: lengthOf(plan.threads), launch }) };
    },
    close: async () => {
      isClosed = true;
      for (const { launch } of spares.splice(0)) launch.destroy();
      await device.close();
    },
  };
}
