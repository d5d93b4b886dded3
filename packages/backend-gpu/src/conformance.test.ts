import { conformance } from '@xcorr/conformance/vitest';
import { gpu } from './index.ts';

conformance(gpu());
