import { XcorrError } from '@xcorr/graph';

/** What a device held is lost, or it cannot do what it was asked to: its context was taken away, or its memory ran out. */
export class DeviceError extends XcorrError {
  override readonly name = 'DeviceError';
}
