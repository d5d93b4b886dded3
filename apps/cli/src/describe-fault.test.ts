import { expect, test } from 'vitest';
import { describeFault } from './describe-fault.ts';

const fault = new TypeError('nothing at index 3\nand more');

test('a fault is one line and what to do, without a trace', () => {
  expect(describeFault(fault, {})).toBe(
    'xcorr: unexpected TypeError: nothing at index 3\n  this is a fault of xcorr: please report it with the command and what it prints when XCORR_TRACE=1 is set\n',
  );
  expect(describeFault('a text', { XCORR_TRACE: '' })).toContain('xcorr: unexpected Error: a text\n');
});

test('XCORR_TRACE=1 adds the trace', () => {
  expect(describeFault(fault, { XCORR_TRACE: '1' })).toContain('describe-fault.test.ts');
});
