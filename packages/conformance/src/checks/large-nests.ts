import { corr2d, correlate, less, mul, select, slice, sub, sum, type Tensor } from '@xcorr/graph';
import type { Programs } from './described.ts';
import { fed, ramp, single } from './nest-parts.ts';

/** They take long to interpret: one draw of values is enough. */
const once = (results: Readonly<Record<string, Tensor>>): ReturnType<Programs> => Object.fromEntries(Object.entries(single(results)).map(([name, described]) => [name, { ...described, runs: 1 }]));

/** d = x - d, so often: a chain whose values stay small, and change where one link is lost. */
function chain(x: Tensor, links: number): Tensor {
  let d = x;
  for (let link = 0; link < links; link++) d = sub(link % 3 === 0 ? 1 : x, d);
  return d;
}

/** Backends get expressions of about 200 operations in one another; what is deeper is computed into a buffer first. */
export const deep: Programs = (dtype) => {
  const x = fed(dtype);
  const [a, long] = [x('a', 5), x('a', 3, 70)];
  return once({
    ...Object.fromEntries([190, 198, 199, 200, 201, 202, 210, 401].map((links) => [`${links} differences`, chain(a, links)])),
    '199 differences, summed': sum(chain(long, 199), { axes: 1 }),
    '199 choices': Array.from({ length: 199 }, (_, link) => link).reduce<Tensor>((y, link) => select(less(a, link % 5), y, sub(y, a)), a),
  });
};

/** More than 2^16 elements, rows and terms: indices need more than 16 bits. */
export const many: Programs = (dtype) => {
  const x = fed(dtype);
  const long = x('a', 70_001);
  return once({
    'in a row': sub(mul(long, 2), 1),
    'in rows of two': sum(x('a', 66_000, 2), { axes: 1 }),
    'taken from the end': slice(long, { start: [69_990] }),
    'in a sum': sum(x('a', 2, 40_000)),
    'in a filter': corr2d(x('a', 260, 258), [[1, -1]]),
    // More than are folded: they stay a buffer, which is read to its last element.
    'in a constant': sub(x('a', 9001), ramp([9001], dtype)),
    'in weights': correlate(x('a', 1, 37, 2, 3), ramp([38, 37, 2, 2], dtype)),
  });
};
