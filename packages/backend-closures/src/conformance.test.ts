import { join } from 'node:path';
import { conformance } from '@xcorr/conformance/vitest';
import { closures } from './index.ts';

conformance(closures(), { document: join(import.meta.dirname, '../../../docs') });
