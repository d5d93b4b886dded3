import { join } from 'node:path';
import { conformance } from '@xcorr/conformance/vitest';
import { js } from './index.ts';

conformance(js(), { document: join(import.meta.dirname, '../../../docs') });
