// Owns what value a block hands on, and how large it may be.
import { longestVariableBytes, variableBytes } from '../../basics/why-not-given.ts';
import type { FailureReason } from '../../run/event.ts';

/** How much of stdout has to be kept for a capture: enough to see that it is too long. */
export const captureLimitBytes = longestVariableBytes + 1024;

/** What `$(…)` makes of stdout: NUL bytes dropped, newlines at the end dropped. */
export function readCapture(stdout: Uint8Array): string {
  return Buffer.from(stdout).toString('utf8').replaceAll('\0', '').replace(/\n+$/, '');
}

/**
 * The first value that no environment can hold. It is a failure of the block and not a warning: a later block
 * that finds the variable empty could do anything.
 */
export function findTooLong(variables: Readonly<Record<string, string>>): FailureReason<string> | undefined {
  for (const [name, value] of Object.entries(variables)) {
    if (variableBytes(name, value) <= longestVariableBytes) continue;
    const expected = `a value for \`${name}\` of at most ${longestVariableBytes} bytes`;
    const actual = `more than ${longestVariableBytes} bytes`;
    return {
      type: 'expectation',
      expected,
      actual,
      message: `expected ${expected}, which is what a process can be given`,
    };
  }
  return undefined;
}
