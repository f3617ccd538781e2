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
  /** By the variables that held them, the last one last. */
  readonly #values = new Map<string, readonly string[]>();
  /** What finds one value alone, by the value; made when it is first asked for. */
  readonly #finders = new Map<string, Redactor>();

  /** `declared` are values by their variables; what is in `open` is no secret, whatever its name says. */
  constructor(declared: Readonly<Record<string, string>> = {}, open: readonly string[] = []) {
    this.redactor = createRedactor();
    this.#names = new Set();
    for (const [name, value] of Object.entries(declared)) this.add(name, value);
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
    return new Set([...this.#values.values()].flat()).size;
  }

  /** The value is a secret. */
  add(name: string, value: string): void {
    this.#names.add(name);
    const values = this.valuesOf(name);
    if (!values.includes(value)) this.#values.set(name, [...values, value]);
    this.redactor.add(value);
  }

  /** What this variable held, the last one last. */
  valuesOf(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** Those that stand in the text, each with one variable that holds it. */
  foundIn(text: string): readonly { readonly name: string; readonly value: string }[] {
    if (!this.redactor.reveals(text)) return [];
    const all = [...this.#values].flatMap(([name, values]) => values.map((value) => ({ name, value })));
    return all.filter(
      ({ value }, index) =>
        all.findIndex((other) => other.value === value) === index && this.#finderOf(value).reveals(text),
    );
  }

  #finderOf(value: string): Redactor {
    const known = this.#finders.get(value);
    if (known !== undefined) return known;
    const finder = createRedactor([value]);
    this.#finders.set(value, finder);
    return finder;
  }

  /** The variable holds something that must not be kept; its lines are known already where they are secrets. */
  withhold(name: string): void {
    this.#names.add(name);
  }
}
