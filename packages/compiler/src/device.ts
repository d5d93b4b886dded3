export { elementThreads } from './lower/element-threads.ts';
export { deviceOfHost, type RunLater } from './run/device-of-host.ts';
