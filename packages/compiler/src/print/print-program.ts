import { printShape } from '@xcorr/graph';
import { planArena } from '../memory.ts';
import { constantsOf, type Buffer, type Program } from '../program.ts';
import { applySchedule } from '../schedule/apply.ts';
import { printDirective } from '../schedule/schedule.ts';
import { printNest } from './print-nest.ts';

/** The stages of compilation, from loop nests on. */
export type ProgramStage = 'loops' | 'schedule' | 'memory';

function printBuffer({ id, role, shape, storage, label, state }: Buffer): string {
  const words = [id.padEnd(4), role.padEnd(9), storage, printShape(shape)];
  if (label !== '') words.push(JSON.stringify(label));
  if (state !== undefined) words.push(`becomes ${state}`);
  return words.join(' ');
}

const stages: Readonly<Record<ProgramStage, (program: Program) => string>> = {
  loops: ({ buffers, nests }) => [...buffers.map(printBuffer), ...nests.map(({ nest }) => printNest(applySchedule(nest, [])))].join('\n'),
  schedule: (program) =>
    program.nests
      .map(({ nest, schedule }) =>
        [`${nest.name}: ${schedule.length === 0 ? 'as it is' : schedule.map(printDirective).join(', ')}`, printNest(applySchedule(nest, schedule, constantsOf(program)))].join('\n'),
      )
      .join('\n'),
  memory: (program) => {
    const lives = program.lifetimes.map(({ buffer, first, last }) => `${buffer} lives from nest ${first} to nest ${last}`);
    if (program.sizes.length > 0) return [...program.buffers.map(printBuffer), ...lives, `places depend on ${program.sizes.join(', ')}`].join('\n');
    const arena = planArena(program, new Map());
    const places = arena.places.map(({ buffer, offset, bytes }) => `${buffer} at ${offset}, ${bytes} bytes`);
    return [...program.buffers.map(printBuffer), ...lives, `arena of ${arena.bytes} bytes`, ...places].join('\n');
  },
};

/** A program as text, at one stage: its loop nests, the nests as scheduled, or its memory plan. */
export function printProgram(program: Program, stage: ProgramStage = 'loops'): string {
  return `${stages[stage](program)}\n`;
}
