// Owns who is signed in: random names of sessions that only their holders know.
import { createHash, randomBytes } from 'node:crypto';
import type { Person } from '../person.ts';

interface Session {
  readonly person: Person;
  readonly endsAtMs: number;
}

/** A working day. */
const longestMs = 12 * 3_600_000;
/** Whoever fills this up signs others out, the oldest first, and gains nothing. */
const mostSessions = 10_000;

/** Sessions of one process; they end with it. The clock gives milliseconds. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A new session, whatever the browser had before: nobody can have fixed its name. */
  begin(person: Person): string {
    const name = randomBytes(32).toString('base64url');
    this.#sessions.set(keyOf(name), { person, endsAtMs: this.#now() + longestMs });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > mostSessions && oldest !== undefined) this.#sessions.delete(oldest);
    return name;
  }

  find(name: string | undefined): Person | undefined {
    if (name === undefined) return undefined;
    const key = keyOf(name);
    const session = this.#sessions.get(key);
    if (session === undefined || session.endsAtMs > this.#now()) return session?.person;
    this.#sessions.delete(key);
    return undefined;
  }

  end(name: string | undefined): void {
    if (name !== undefined) this.#sessions.delete(keyOf(name));
  }
}

/** Looked up by its digest, so that how long the search takes says nothing of the name. */
const keyOf = (name: string): string => createHash('sha256').update(name).digest('hex');
