import { transformSync } from 'esbuild';

/** JavaScript as engines need it: without comments but those of licences, and with what tells bundlers that a call is pure. */
export function withoutComments(source: string): string {
  return transformSync(source, { target: 'esnext', legalComments: 'inline' }).code;
}
