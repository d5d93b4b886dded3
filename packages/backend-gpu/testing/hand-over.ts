import { readVectors } from '@xcorr/conformance/node';
import type { TestProject } from 'vitest/node';

/** Gives tests in a browser what only Node can read. */
export function setup(project: TestProject): void {
  project.provide('vectors', readVectors());
  project.provide('full', process.env['XCORR_FULL'] === '1');
}
