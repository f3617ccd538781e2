// Owns finding processes of this machine by what they were started with, and ending them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ids of those whose words are meant. */
export function processesWith(isMeant: (words: readonly string[]) => boolean): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return isMeant(readFileSync(join('/proc', pid, 'cmdline'), 'utf8').split('\0'));
      } catch {
        // It has ended already.
        return false;
      }
    })
    .map(Number);
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
