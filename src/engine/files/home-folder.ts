// Owns where the home of the account is.
import { homedir } from 'node:os';

/**
 * `HOME`, else what the system's list of accounts says. An account that it does not list, as in a container that was
 * given any number, has `/`, which containers make of it as well.
 */
export function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}
