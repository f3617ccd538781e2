// Owns who is at the keyboard, as the system says: nothing in the environment makes anybody somebody else.
import { hostname, userInfo } from 'node:os';
import type { Actor } from '../run/event.ts';

/** The account that this process runs as, and for whom it says to act. */
export function currentActor(onBehalf?: string): Actor {
  const uid = process.geteuid?.();
  return {
    user: ownName(uid),
    ...(uid !== undefined && { uid }),
    host: hostname(),
    ...(onBehalf !== undefined && { for: onBehalf }),
  };
}

/** A container's user may have a number and no name. */
function ownName(uid: number | undefined): string {
  try {
    return userInfo().username;
  } catch {
    return String(uid ?? 'unknown');
  }
}
