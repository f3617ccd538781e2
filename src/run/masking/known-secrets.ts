// Owns the secrets of a run: those that were declared, and those that turn up while it runs.
import { saysSecret } from '../../basics/says-secret.ts';
import { isSecretValue } from './is-secret-value.ts';
import { createRedactor, type Redactor } from './redactor.ts';

/** What is known of the secrets of one run; one for all that is told of it. */
export class KnownSecrets {
  readonly redactor: Redactor;
  /** Variables that are kept nowhere, whatever they hold. */
  readonly #names: Set<string>;
  /** Variables into which something was typed that was not shown. */
  readonly #silent = new Set<string>();
  readonly #public: ReadonlySet<string>;
  readonly #values: Set<string>;

  /** `declared` are values by their variables; what is in `open` is no secret, whatever its name says. */
  constructor(declared: Readonly<Record<string, string>> = {}, open: readonly string[] = []) {
    this.redactor = createRedactor(Object.values(declared));
    this.#names = new Set(Object.keys(declared));
    this.#values = new Set(Object.values(declared));
    this.#public = new Set(open);
  }

  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** From now on such a variable is asked about, whatever its name says. */
  watch(names: Iterable<string>): void {
    for (const name of names) this.#silent.add(name);
  }

  /** True where the value of the variable may be a secret. */
  mayBeSecret(name: string): boolean {
    if (this.#names.has(name) || this.#silent.has(name)) return true;
    return saysSecret(name) && !this.#public.has(name);
  }

  /**
   * Takes the value for a secret from now on, where the variable's name and the value are such; false where they are not.
   * The lines of a longer text that is no key are not all secrets: it is not masked, and kept nowhere.
   */
  learn(name: string, value: string): boolean {
    if (!this.mayBeSecret(name) || !isSecretValue(value)) return false;
    if (value.includes('\n') && !value.includes('-----BEGIN ')) this.withhold(name);
    else this.add(name, value);
    return true;
  }

  /** How many values are known; more than before where one was learned. */
  get count(): number {
    return this.#values.size;
  }

  /** The value is a secret. */
  add(name: string, value: string): void {
    this.#names.add(name);
    this.#values.add(value);
    this.redactor.add(value);
  }

  /** The variable holds something that must not be kept; its lines are known already where they are secrets. */
  withhold(name: string): void {
    this.#names.add(name);
  }
}
