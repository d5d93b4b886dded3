import { printShape } from '@xcorr/graph';
import type { Machine } from '../backend.ts';
import { planArena } from '../memory.ts';
import type { LoopNest } from '../nest.ts';
import { constantsOf, type Buffer, type Program, type ScheduledNest } from '../program.ts';
import { applySchedule } from '../schedule/apply.ts';
import { printDirective, type Schedule } from '../schedule/schedule.ts';
import { chosenSchedule } from '../lower-program.ts';
import { explainKept, explainSchedule } from './explain-schedule.ts';
import { printNest } from './print-nest.ts';

/** The stages of compilation, from loop nests on. */
export type ProgramStage = 'loops' | 'schedule' | 'memory';

function printBuffer({ id, role, shape, storage, label, state }: Buffer): string {
  const words = [id.padEnd(4), role.padEnd(9), storage, printShape(shape)];
  if (label !== '') words.push(JSON.stringify(label));
  if (state !== undefined) words.push(`becomes ${state}`);
  return words.join(' ');
}

function printSchedule(schedule: Schedule): string {
  return schedule.length === 0 ? 'as it is' : schedule.map(printDirective).join(', ');
}

/** Why a nest runs as it does: the reasons for the chosen schedule, beside another that was given, and what stays in locals under its own. */
function reasons({ nest, schedule }: ScheduledNest, scheduled: LoopNest, machine: Machine): readonly string[] {
  const chosen = printSchedule(chosenSchedule(nest, machine));
  const given = chosen === printSchedule(schedule) ? [] : [`given, in the place of: ${chosen}`];
  return [...given, ...explainSchedule(nest, machine), ...explainKept(scheduled, machine)].map((line) => `  # ${line}`);
}

const stages: Readonly<Record<ProgramStage, (program: Program, machine: Machine | undefined) => string>> = {
  loops: ({ buffers, nests }) => [...buffers.map(printBuffer), ...nests.map(({ nest }) => printNest(applySchedule(nest, [])))].join('\n'),
  schedule: (program, machine) =>
    program.nests
      .flatMap((each) => {
        const scheduled = applySchedule(each.nest, each.schedule, constantsOf(program));
        return [`${each.nest.name}: ${printSchedule(each.schedule)}`, ...(machine === undefined ? [] : reasons(each, scheduled, machine)), printNest(scheduled)];
      })
      .join('\n'),
  memory: (program) => {
    const lives = program.lifetimes.map(({ buffer, first, last }) => `${buffer} lives from nest ${first} to nest ${last}`);
    if (program.sizes.length > 0) return [...program.buffers.map(printBuffer), ...lives, `places depend on ${program.sizes.join(', ')}`].join('\n');
    const arena = planArena(program, new Map());
    const places = arena.places.map(({ buffer, offset, bytes }) => `${buffer} at ${offset}, ${bytes} bytes`);
    return [...program.buffers.map(printBuffer), ...lives, `arena of ${arena.bytes} bytes`, ...places].join('\n');
  },
};

/**
 * A program as text, at one stage: its loop nests, the nests as scheduled, or its memory plan.
 *
 * @param machine what it was made for: with it, the schedule of each nest is explained
 */
export function printProgram(program: Program, stage: ProgramStage = 'loops', machine?: Machine): string {
  return `${stages[stage](program, machine)}\n`;
}
