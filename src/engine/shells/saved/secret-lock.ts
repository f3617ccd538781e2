// Owns locking with the values of secrets what holds them, so that nothing but these opens it again.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { Address } from '../../../basics/address.ts';
import type { StateChange } from '../../../languages/shell/shell-state.ts';

/** What was taken out of a state: the change of one kind of shell, or what all have in common. */
export type TakenOut =
  | { readonly shell: string; readonly change: Partial<StateChange> }
  | { readonly cwd: string }
  | { readonly leftIn: readonly [Address | null, string] };

/** A part of a state that held secrets. */
export interface LockedPart {
  /** For people. */
  readonly what: string;
  /** What code calls it by; absent where any code could need it. */
  readonly names?: readonly string[];
  /** The variables whose values open it. */
  readonly secrets: readonly string[];
  /** Absent where it is not known which secrets it held: it is lost. */
  readonly box?: string;
}

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
/** Trying a word takes tens of milliseconds, and 16 MiB. */
const cost = { N: 2 ** 14, r: 8, p: 1 };

/** Locks and opens; keys are made once for the same secrets. */
export class SecretLock {
  readonly #salt = randomBytes(saltBytes);
  readonly #keys = new Map<string, Uint8Array>();

  lock(taken: TakenOut, secrets: readonly string[]): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#keyOf(secrets, this.#salt), nonce);
    const locked = [cipher.update(JSON.stringify(taken), 'utf8'), cipher.final()];
    return Buffer.concat([this.#salt, nonce, cipher.getAuthTag(), ...locked]).toString('base64');
  }

  /** Undefined where these are not the secrets it was locked with. */
  open(box: string, secrets: readonly string[]): TakenOut | undefined {
    const bytes = Buffer.from(box, 'base64');
    const [nonceAt, tagAt, textAt] = [saltBytes, saltBytes + nonceBytes, saltBytes + nonceBytes + tagBytes];
    try {
      const key = this.#keyOf(secrets, bytes.subarray(0, nonceAt));
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(nonceAt, tagAt));
      decipher.setAuthTag(bytes.subarray(tagAt, textAt));
      const text = Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]).toString();
      return JSON.parse(text) as TakenOut;
    } catch {
      return undefined;
    }
  }

  #keyOf(secrets: readonly string[], salt: Uint8Array): Uint8Array {
    const together = JSON.stringify(secrets);
    const name = `${Buffer.from(salt).toString('base64')} ${together}`;
    const known = this.#keys.get(name) ?? scryptSync(together, salt, keyBytes, cost);
    this.#keys.set(name, known);
    return known;
  }
}
