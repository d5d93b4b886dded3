import { model } from '../testing/model.ts';
import { conformance } from './vitest.ts';

// The whole suite over a backend that is right and obvious: what fails here is wrong in the suite.
conformance(model(), { extent: { graphs: 60, certified: 0.5 } });
