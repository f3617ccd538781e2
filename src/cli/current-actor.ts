// Owns who is at the keyboard, as the record will name them.
import { hostname, userInfo } from 'node:os';
import type { Actor } from '../run/event.ts';

/** The system's user, unless RUNSHEET_USER names the person behind a shared account. */
export function currentActor(env: NodeJS.ProcessEnv): Actor {
  const named = env.RUNSHEET_USER;
  return { user: named !== undefined && named !== '' ? named : systemUser(), host: hostname() };
}

/** A container's user may have a number and no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
