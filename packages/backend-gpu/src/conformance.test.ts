import { conformance } from '@xcorr/conformance/vitest';
import { optionsOf } from '../testing/conforms.ts';
import { gpu } from './index.ts';

const isFull = process.env['XCORR_FULL'] === '1';

conformance(gpu({ mode: 'webasm' }), optionsOf('webasm', isFull));
conformance(gpu({ mode: 'cpu' }), optionsOf('cpu', isFull));
