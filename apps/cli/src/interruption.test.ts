import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createInterruption, type Interruption } from './interruption.ts';

class Left extends Error {}

/** A process that is left by an error, whose message is the status. */
class Stub extends EventEmitter {
  exit(status: number): never {
    throw new Left(String(status));
  }
}

function listening(): readonly [Interruption, Stub] {
  const stub = new Stub();
  const interruption = createInterruption(stub);
  interruption.listenForSignals();
  return [interruption, stub];
}

function pending(): { readonly promise: Promise<string>; readonly settle: (error?: Error) => void } {
  let settle = (error?: Error): void => void error;
  const promise = new Promise<string>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve('done') : reject(error));
  });
  return { promise, settle };
}

test.each([
  ['SIGHUP', '129'],
  ['SIGINT', '130'],
  ['SIGTERM', '143'],
])('%s ends the process with %s at once', (signal, status) => {
  const [, stub] = listening();
  expect(() => stub.emit(signal, signal)).toThrow(new Left(status));
});

test('while a file is written, the end waits for it', async () => {
  const [{ untilWritten }, stub] = listening();
  const { promise, settle } = pending();
  const writing = untilWritten(() => promise);
  stub.emit('SIGINT', 'SIGINT');
  settle();
  await expect(writing).rejects.toThrow(new Left('130'));
  expect(() => stub.emit('SIGTERM', 'SIGTERM')).toThrow(new Left('143'));
});

test('it waits for one that cannot be written too; asked twice, it waits no longer', async () => {
  const [{ untilWritten }, stub] = listening();
  const { promise, settle } = pending();
  const writing = untilWritten(() => promise);
  stub.emit('SIGTERM', 'SIGTERM');
  expect(() => stub.emit('SIGINT', 'SIGINT')).toThrow(new Left('130'));
  settle(new Error('no space'));
  await expect(writing).rejects.toThrow(new Left('143'));
});

test('what is written without a signal is the result', async () => {
  const [{ untilWritten }, stub] = listening();
  expect(await untilWritten(() => Promise.resolve(3))).toBe(3);
  await expect(untilWritten(() => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
  expect(() => stub.emit('SIGINT', 'SIGINT')).toThrow(new Left('130'));
});

test('while the thread computes, the system ends the process: there are no listeners', async () => {
  const [{ whileComputing }, stub] = listening();
  const count = (): number => ['SIGHUP', 'SIGINT', 'SIGTERM'].reduce((sum, signal) => sum + stub.listenerCount(signal), 0);
  expect(count()).toBe(3);
  expect(await whileComputing(count)).toBe(0);
  expect(count()).toBe(3);
  // A device is waited for, and works meanwhile.
  const { promise, settle } = pending();
  const waiting = whileComputing(() => promise);
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(count()).toBe(0);
  settle();
  expect(await waiting).toBe('done');
  expect(count()).toBe(3);
  const broken = whileComputing(() => {
    throw new RangeError('no');
  });
  await expect(broken).rejects.toThrow('no');
  expect(count()).toBe(3);
});

test('where nothing listens, computing is nothing but that', async () => {
  const stub = new Stub();
  expect(await createInterruption(stub).whileComputing(() => stub.listenerCount('SIGINT'))).toBe(0);
  expect(stub.eventNames()).toEqual([]);
});

test('what was asked to be put in order before is, and what was taken back is not', () => {
  const [{ beforeLeaving }, stub] = listening();
  const said: string[] = [];
  beforeLeaving(() => said.push('bar'));
  const takeBack = beforeLeaving(() => said.push('other'));
  takeBack();
  expect(() => stub.emit('SIGINT', 'SIGINT')).toThrow(new Left('130'));
  expect(said).toEqual(['bar']);
});
