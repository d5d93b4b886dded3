import { conformance } from '@xcorr/conformance/vitest';
import { closures } from './index.ts';

conformance(closures());
