/**
 * Prints what a check found and sets the exit status: 0 when it found nothing, 1 otherwise.
 *
 * @param name  the check, as it is called on the command line
 * @param findings  one block of text for each law that is broken
 * @param passed  what was looked at, said when nothing was found
 */
export function deliver(name: string, findings: readonly string[], passed: string): void {
  if (findings.length === 0) {
    process.stdout.write(`${name}: ${passed}\n`);
    return;
  }
  process.stderr.write(`${findings.join('\n\n')}\n\n${name}: ${findings.length} broken\n`);
  process.exitCode = 1;
}
