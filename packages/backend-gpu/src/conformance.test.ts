import { conformance } from '@xcorr/conformance/vitest';
import { optionsOf } from '../testing/conforms.ts';
import { gpu } from './index.ts';

conformance(gpu({ mode: 'webasm' }), optionsOf('webasm'));
conformance(gpu({ mode: 'cpu' }), optionsOf('cpu'));
