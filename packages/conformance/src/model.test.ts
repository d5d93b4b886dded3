import { elementThreads } from '@xcorr/compiler/device';
import { deviceModel } from '../testing/faults/device-faults.ts';
import { model } from '../testing/model.ts';
import { checkNames } from './suite/checks.ts';
import { conformance } from './vitest.ts';

// The suite over backends that are right and obvious: what fails here is wrong in the suite.
conformance(model(), { extent: { graphs: 60, certified: 0.5 } });

// On a device with a thread for each element programs are others: for given sizes alone, with sums in bands.
conformance(
  { ...deviceModel(), machine: { registers: 1, lanes: 1, literalSizes: true, elementThreads: elementThreads(8) } },
  { dtypes: ['float32'], extent: { graphs: 40, certified: 0.25 }, only: checkNames.filter((name) => !/^(?:functions|ranges|values):|memory|many elements|2\^24/.test(name)) },
);
