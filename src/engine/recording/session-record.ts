// Owns the record of a session while it goes on: what is kept of what a shell tells, with secrets masked.
import { saysSecret } from '../../basics/says-secret.ts';
import { findTypedSecrets } from '../../run/drafting/find-typed-secrets.ts';
import { putVariable } from '../../run/drafting/put-variable.ts';
import type { CommandEntry, EditedFile, SessionEntry } from '../../run/drafting/session-entry.ts';
import { isSecretValue } from '../../run/masking/is-secret-value.ts';
import { createRedactor } from '../../run/masking/redactor.ts';
import { screenLines } from '../../runbook/regions/screen-lines.ts';
import type { SeenFile, ShellTelling } from './record-shell.ts';

const fullScreen = /\u001b\[\?(?:1049|1047|47)h/;
/** Lines of an output that are kept. */
const mostLines = 500;

/** What a session has come to so far; `onKept` is told of all that is to be kept, `all` where what was kept changes. */
export class SessionRecord {
  readonly #onKept: (kept: readonly SessionEntry[], all: boolean) => void;
  readonly #redactor = createRedactor();
  /** Variables by the values of secrets. */
  readonly #secrets = new Map<string, string>();
  #entries: SessionEntry[];
  #isRunning = false;

  constructor(
    entries: readonly SessionEntry[],
    onKept: (kept: readonly SessionEntry[], all: boolean) => void,
  ) {
    this.#entries = [...entries];
    this.#onKept = onKept;
  }

  get entries(): readonly SessionEntry[] {
    return this.#entries;
  }

  tell(telling: ShellTelling): void {
    if (telling.type === 'started') this.#start(telling);
    else if (telling.type === 'ended') this.#end(telling);
    else if (telling.type === 'noted') this.#add({ kind: 'note', text: this.#masked(telling.text) });
    else if (telling.isSilent || (saysSecret(telling.name) && !isFolder(telling)))
      this.#learn(telling.name, telling.value);
  }

  #start({ code, folder, alias, isFunction }: ShellTelling & { type: 'started' }): void {
    for (const { name, value } of findTypedSecrets(code)) this.#learn(name, value);
    this.#isRunning = true;
    const spelled = spellOut(code, alias);
    const secrets = [...this.#secrets].flatMap(([value, name]) => (spelled.includes(value) ? [name] : []));
    this.#add({
      ...{ kind: 'command', code: this.#masked(spelled, putVariable), folder, output: [] },
      ...(isFunction && { isOwnFunction: true as const }),
      ...(secrets.length > 0 && { secrets }),
    });
  }

  #end({ exit, milliseconds, printed, edited }: ShellTelling & { type: 'ended' }): void {
    const at = this.#entries.findLastIndex(({ kind }) => kind === 'command');
    const begun = this.#entries[at];
    if (begun?.kind !== 'command') return;
    const isFullScreen = fullScreen.test(printed);
    const lines = isFullScreen ? [] : screenLines(this.#masked(printed)).slice(0, mostLines);
    const files = edited.map((file) => this.#maskedFile(file));
    const ended: CommandEntry = {
      ...begun,
      exit,
      milliseconds: (this.#isRunning ? 0 : (begun.milliseconds ?? 0)) + milliseconds,
      output: lines,
      ...(isFullScreen && { isFullScreen }),
      ...(files.length > 0 && { edited: files }),
    };
    this.#isRunning = false;
    this.#entries[at] = ended;
    this.#onKept(this.#entries, true);
  }

  #maskedFile({ path, before, after }: SeenFile): EditedFile {
    for (const text of [before, after])
      for (const { name, value } of findTypedSecrets(text ?? '')) this.#learn(name, value);
    const put = (text: string, value: string, name: string) => text.replaceAll(value, `\${${name}}`);
    return {
      path,
      ...(before !== undefined && { before: this.#masked(before, put) }),
      ...(after !== undefined && { after: this.#masked(after, put) }),
    };
  }

  #add(entry: SessionEntry): void {
    this.#entries.push(entry);
    this.#onKept([entry], false);
  }

  /** From now on the value is nowhere; where it stands in what was kept already, that is kept anew. */
  #learn(name: string, value: string): void {
    if (!isSecretValue(value) || this.#secrets.has(value)) return;
    const variable = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();
    this.#secrets.set(value, variable);
    this.#redactor.add(value);
    if (!JSON.stringify(this.#entries).includes(JSON.stringify(value).slice(1, -1))) return;
    this.#entries = this.#entries.map((entry) =>
      entry.kind === 'note'
        ? { ...entry, text: this.#masked(entry.text) }
        : {
            ...entry,
            code: this.#masked(entry.code, putVariable),
            output: entry.output.map((line) => this.#masked(line)),
            ...(entry.edited && { edited: entry.edited.map((file) => this.#maskedFile(file)) }),
            secrets: [...new Set([...(entry.secrets ?? []), variable])],
          },
    );
    this.#onKept(this.#entries, true);
  }

  /** `put` writes a variable in the place of a value, where that can be. */
  #masked(text: string, put?: (text: string, value: string, name: string) => string): string {
    let shown = text;
    if (put !== undefined) for (const [value, name] of this.#secrets) shown = put(shown, value, name);
    return this.#redactor.redactText(shown);
  }
}

/** `PWD` is a folder to a shell and its hooks, and a password to databases. */
function isFolder({ name, value }: { readonly name: string; readonly value: string }): boolean {
  return /PWD$/i.test(name) && value.startsWith('/');
}

/** An alias is what it stands for; one that only adds options to its own command is nobody's concern. */
function spellOut(code: string, alias: string): string {
  const [first = ''] = /^\s*\S+/.exec(code) ?? [];
  const word = first.trim();
  if (alias === '' || word === '' || alias.split(/\s+/)[0] === word) return code;
  return `${alias}${code.slice(first.length)}`;
}
