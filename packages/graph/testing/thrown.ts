/** What a person reads when this throws: the error's name and message, with the lines of test files left open. */
export function thrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message.replaceAll(/(\.test\.ts):\d+/g, '$1:<line>')}` : String(error);
  }
  return 'nothing was thrown';
}
