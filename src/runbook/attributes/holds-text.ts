// Owns whether what stands in a block is text of the author's, and no code.
import type { Attributes, Risk } from '../runbook.ts';

/** True of the text of a file, and of a message: nothing in it is run, whatever its label. */
export function holdsText({ file, send }: Pick<Attributes, 'file' | 'send'>): boolean {
  return file !== undefined || send !== undefined;
}

/** A file that is written, or a message, is a change, in a section that looks too. */
export function riskOfText({ risk }: Attributes, step: Attributes): Risk {
  return risk ?? (step.risk === 'destructive' ? step.risk : 'change');
}
