/** What the command's status says. */
export const exitStatus = {
  /** All is well. */
  ok: 0,
  /** A number is not what it should be: not the book's, or a check of `xcorr book --exercises` or of `xcorr doctor` failed. */
  differs: 1,
  /** The command was called wrongly, or what it was given cannot be used: the message says what would mend it. */
  misuse: 2,
  /** xcorr itself is at fault. */
  fault: 3,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
