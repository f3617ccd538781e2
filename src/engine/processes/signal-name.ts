// Owns which signal a number means.
import { constants } from 'node:os';

const names = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals] as const),
);

/** The name of the signal with this number on this system; undefined where there is none. */
export function signalName(number: number): NodeJS.Signals | undefined {
  return names.get(number);
}
