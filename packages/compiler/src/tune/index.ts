export { nestKeys, schedulesFrom, type NestSchedules } from './schedules.ts';
export { tune, type TuneOptions } from './tune.ts';
export { readTuning, serialiseTuning, type NestReport, type Timings, type Tuning, type TuningReport } from './tuning.ts';
