// Owns the one line for programs of a run that did not begin.
import type { WireRecord } from './wire-record.ts';

/** The line, with its end. */
export function renderRefusal(
  refusal: Omit<Extract<WireRecord, { readonly type: 'run-refused' }>, 'v' | 'type'>,
): string {
  const record: WireRecord = { v: 1, type: 'run-refused', ...refusal };
  return `${JSON.stringify(record)}\n`;
}
