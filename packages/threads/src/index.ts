export { bandLimit, type Kernel } from './job.ts';
export { createPool, type Code, type Job, type Pool, type SharedMemory } from './pool.ts';
export { ThreadError } from './thread-error.ts';
export { whyNoThreads } from './host.ts';
