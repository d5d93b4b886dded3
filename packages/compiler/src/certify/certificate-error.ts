import { XcorrError } from '@xcorr/graph';

/** A stage of compilation computes something else than the graph as it was written, or random points cannot tell. */
export class CertificateError extends XcorrError {
  override readonly name = 'CertificateError';
}
