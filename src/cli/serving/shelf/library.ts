// Owns the runbooks of a server: which there are, what each says, and which events start it.
import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { findMarkdown } from '../../../engine/disk/find-markdown.ts';
import { systemErrorCode } from '../../../engine/files/file-operations.ts';
import { type TriggerRule, triggerRules } from '../../../run/triggers/trigger-rule.ts';
import type { InputDeclaration, Runbook } from '../../../runbook/runbook.ts';
import type { LibraryEntry } from '../../../surfaces/web/web-port.ts';
import { checkLoaded } from '../../checking/check-page.ts';
import { loadPlan } from '../../load/load-plan.ts';
import { loadFoundRunbook } from '../../load/load-runbook.ts';
import { triggerWords } from './trigger-words.ts';

/** A runbook as it was read last. */
export interface Shelved {
  readonly path: string;
  readonly runbook: Runbook;
  readonly inputs: readonly InputDeclaration[];
  readonly rules: readonly TriggerRule[];
  /** Errors, which a run would refuse. */
  readonly errors: number;
  /** The first of them, with its line. */
  readonly firstError?: string;
  readonly findings: readonly string[];
  readonly mark: string;
}

/** What is known of a library that is fetched, for people and monitors. */
export interface LibraryState {
  /** As people know it: a folder, or a repository. */
  readonly name: string;
  /** Of the repository; absent for a folder. */
  readonly commit?: string;
  /** When it was last seen that this is what the repository has; milliseconds since 1970. */
  readonly seenAtMs?: number;
  /** Why it could not be fetched since. */
  readonly trouble?: string;
}

/** The Markdown files below a folder, read again where they have changed. */
export class Library {
  #folder: string;
  #state: LibraryState;
  #folderOf: (commit: string) => string | undefined;
  #shelf = new Map<string, Shelved>();

  constructor(folder: string) {
    this.#folder = resolve(folder);
    this.#state = { name: this.#folder };
    this.#folderOf = () => undefined;
  }

  /** The folder that is shown and started from now. */
  get folder(): string {
    return this.#folder;
  }

  get state(): LibraryState {
    return this.#state;
  }

  /** Another commit of the repository from now on; `folderOf` finds those before. */
  moveTo(folder: string, state: LibraryState, folderOf: (commit: string) => string | undefined): void {
    if (folder !== this.#folder) this.#shelf = new Map();
    this.#folder = folder;
    this.#state = state;
    this.#folderOf = folderOf;
  }

  /** It stays as it is, and this is why. */
  stay(trouble: string): void {
    this.#state = { ...this.#state, trouble };
  }

  /** Where a runbook is in the text that was asked for; undefined where that is not there any more. */
  pageAt({ commit, path }: { readonly commit?: string; readonly path: string }): string | undefined {
    if (commit === undefined || commit === this.#state.commit) {
      const found = this.find(path);
      return found && this.absolute(found);
    }
    const folder = this.#folderOf(commit);
    return folder === undefined ? undefined : join(folder, path);
  }

  /** All runbooks, by their path in the library. */
  all(): readonly Shelved[] {
    const shelf = new Map<string, Shelved>();
    for (const absolute of findMarkdown(this.folder, () => {})) {
      const path = relative(this.folder, absolute);
      const known = this.#shelf.get(path);
      const mark = markOf(absolute);
      const read = known?.mark === mark ? known : this.#read(path, absolute, mark);
      if (read) shelf.set(path, read);
    }
    this.#shelf = shelf;
    return [...shelf.values()];
  }

  /** One of them; undefined for a path that is none of theirs, wherever it would lead. */
  find(path: string): Shelved | undefined {
    const known = this.#shelf.get(path);
    if (known !== undefined && known.mark === markOf(this.absolute(known))) return known;
    return this.all().find((one) => one.path === path);
  }

  absolute({ path }: Shelved): string {
    return join(this.folder, path);
  }

  #read(path: string, absolute: string, mark: string): Shelved | undefined {
    const loaded = loadFoundRunbook(absolute);
    if (loaded?.runbook === undefined) return undefined;
    const { runbook } = loaded;
    const checked = checkLoaded(absolute, loaded, { text: 'none' });
    const planned = loadPlan(runbook);
    const { inputs = [] } = planned.plan;
    const errors = checked.findings.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    return {
      path,
      runbook,
      inputs,
      rules: triggerRules(path, runbook, inputs),
      errors: errors.length,
      ...(first && { firstError: inWords(first) }),
      findings: checked.findings.map(inWords),
      mark,
    };
  }
}

/** What lists say of it. */
export function libraryEntry({ path, runbook, findings, errors }: Shelved): LibraryEntry {
  const { title, frontMatter } = runbook;
  const { owner, severity, tags = [], triggers = [] } = frontMatter;
  return {
    path,
    title,
    ...(owner !== undefined && { owner }),
    ...(severity !== undefined && { severity }),
    tags,
    problems: findings.length,
    errors,
    startedBy: triggers.map(triggerWords),
  };
}

function inWords({ message, from }: ReturnType<typeof checkLoaded>['findings'][number]): string {
  return from === undefined ? message : `line ${from.line}: ${message}`;
}

function markOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return '';
  }
}
