import { join } from 'node:path';
import { conformance } from '@xcorr/conformance/vitest';
import { optionsOf } from '../testing/conforms.ts';
import { gpu } from './index.ts';

const isFull = process.env['XCORR_FULL'] === '1';
// What is written is of as many graphs as every run takes.
const written = isFull ? {} : { document: join(import.meta.dirname, '../../../docs') };

for (const mode of ['webasm', 'cpu'] as const) conformance({ ...gpu({ mode }), name: `gpu:${mode}` }, { ...optionsOf(mode, isFull), ...written });
