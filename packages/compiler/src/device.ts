export { elementThreads } from './lower/element-threads.ts';
export { asynchronous } from './run/asynchronous.ts';
export { deviceOfHost, type RunLater } from './run/device-of-host.ts';
