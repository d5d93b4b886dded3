import { conformance } from '@xcorr/conformance/vitest';
import { js } from '../index.ts';
import { threaded } from './threaded.ts';

// The programs of the suite are small: every nest that may be divided is, as if threads cost nothing.
conformance(threaded(js().machine, 3, { job: 0, byte: 0, banded: 1 }), { dtypes: ['float32'], extent: { graphs: 40, certified: 0 } });
