// Owns the key of the shell states that a run keeps: what is in its journal for good can be read only while it is there.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder, systemErrorCode, writeNewFile } from '../../files/file-operations.ts';
import { makeStateFolder, stateFileOperations } from '../../files/write-state-file.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
/** A number that no other process of the run has, and one that counts (NIST SP 800-38D, 8.2.1). */
const nonceBytes = 12;
const counterBytes = 4;
const tagBytes = 16;

/** Seals the states of one run with a key that lies beside them. */
export class StateSeal {
  readonly #path: string;
  #key: Uint8Array | undefined;
  /** The nonce of what was sealed last. */
  readonly #nonce = randomBytes(nonceBytes);
  #sealed = 0;

  constructor(runFolder: string) {
    this.#path = join(runFolder, 'state', 'key');
  }

  /** The text, sealed, in base64; throws the system's errors where the key cannot be kept. */
  seal(text: string): string {
    this.#key ??= this.#readKey() ?? this.#makeKey();
    this.#nonce.writeUInt32BE(this.#sealed++, nonceBytes - counterBytes);
    const cipher = createCipheriv(algorithm, this.#key, this.#nonce);
    const sealed = [cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([this.#nonce, cipher.getAuthTag(), ...sealed]).toString('base64');
  }

  /** What was sealed; throws with a message for people where the key is gone, or is not the one of this text. */
  open(sealed: string): string {
    this.#key ??= this.#readKey();
    if (this.#key === undefined) throw new Error('the saved shell state cannot be read: its key is gone');
    const bytes = Buffer.from(sealed, 'base64');
    try {
      const decipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const text = decipher.update(bytes.subarray(nonceBytes + tagBytes));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      throw new Error('the saved shell state cannot be read: it, or its key, was changed');
    }
  }

  #readKey(): Uint8Array | undefined {
    try {
      const key = readFileSync(this.#path);
      return key.length === keyBytes ? key : undefined;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** It is on the device before a journal holds what it seals. */
  #makeKey(): Uint8Array {
    const key = randomBytes(keyBytes);
    makeStateFolder(dirname(this.#path));
    writeNewFile(stateFileOperations, this.#path, key, 0o600);
    syncFolder(stateFileOperations, dirname(this.#path));
    return key;
  }
}
