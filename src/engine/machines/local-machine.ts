// Owns running blocks on the machine that the tool itself runs on.
import type { ExecutionRequest } from '../../run/executor.ts';
import type { BlockItem } from '../../run/plan.ts';
import { CodeFiles } from '../files/code-files.ts';
import {
  findLanguage,
  findShell,
  type Language,
  type LanguageFinding,
  type LanguageSettings,
} from '../interpreters/find-language.ts';
import { languageFailure } from '../interpreters/language-failure.ts';
import type { StartFailure } from '../processes/start-process.ts';
import { whyNoFolder } from '../processes/why-no-folder.ts';
import { RunShells, type ShellUse } from '../shells/run-shells.ts';
import { ShellStartError } from '../shells/shell-start-error.ts';
import { workingFolder } from '../shells/working-folder.ts';
import { type BlockRunner, LocalBlock } from './local-block.ts';
import type { Machine, MachineScript, PreparedBlock } from './machine.ts';
import type { RunResources } from './run-resources.ts';

export interface LocalMachineContext {
  readonly resources: RunResources;
  /** Absolute; what a relative `cwd=` starts from. */
  readonly cwd: string;
  /** What runs blocks labelled `sh`, `shell`, `console`: a name or a path. */
  readonly shell: string;
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
}

export class LocalMachine implements Machine {
  readonly #context: LocalMachineContext;
  readonly #shells: RunShells;
  /** Shells by label and search path: looking them up costs a system call for each folder of it. */
  readonly #foundShells = new Map<string, Language>();
  readonly #codeFiles: CodeFiles;
  #scratchNames = 0;

  constructor(context: LocalMachineContext) {
    this.#context = context;
    this.#shells = new RunShells(context.resources);
    this.#codeFiles = new CodeFiles(context.resources.pool.folder);
  }

  get carried() {
    return this.#context.resources.carried;
  }

  async prepare(request: ExecutionRequest, apart?: 'apart'): Promise<PreparedBlock | StartFailure> {
    const { item } = request;
    const language = this.#languageOf(request);
    if (language.type === 'missing' || language.type === 'unknown' || language.type === 'undecided')
      return { startFailure: languageFailure(item.language, language) };
    const cwd = this.#folderOf(item);
    if (typeof cwd === 'object') return cwd;
    const onTerminal = apart === undefined && request.terminal !== undefined && request.purpose === 'block';
    const runner = await this.#runnerFor(language, item, apart ?? (onTerminal ? 'terminal' : 'shared'));
    if ('startFailure' in runner) return runner;
    return this.#prepared(request, runner, {
      onTerminal: onTerminal && runner.type === 'shell',
      isApart: apart !== undefined,
      ...(cwd !== undefined && { cwd }),
    });
  }

  async prepareScript(
    request: ExecutionRequest,
    script: MachineScript,
  ): Promise<PreparedBlock | StartFailure> {
    const cwd = this.#folderOf(request.item);
    if (typeof cwd === 'object') return cwd;
    const runner: BlockRunner = { type: 'script', script };
    return this.#prepared(request, runner, {
      onTerminal: false,
      isApart: true,
      ...(cwd !== undefined && { cwd }),
    });
  }

  /** What it depends on how a block of this machine is run. */
  settingsFor(item: BlockItem): LanguageSettings {
    const { carried } = this;
    return {
      ...this.#context,
      path: carried.valueOf('PATH') ?? '',
      // Asked for by `sql` blocks and for placeholders only.
      get env() {
        return { ...carried.environment(), ...item.env };
      },
    };
  }

  /** Where a block is to run; undefined for where the run is. */
  #folderOf({ cwd }: BlockItem): string | undefined | StartFailure {
    if (cwd === undefined) return undefined;
    const folder = workingFolder(cwd, this.#context.cwd, this.carried);
    const noFolder = whyNoFolder(folder);
    return noFolder === undefined ? folder : { startFailure: noFolder };
  }

  /** Ends the shells. */
  async close(): Promise<void> {
    await this.#shells.close();
    this.#codeFiles.close();
  }

  #prepared(
    request: ExecutionRequest,
    runner: BlockRunner,
    {
      onTerminal,
      isApart,
      cwd,
    }: { readonly onTerminal: boolean; readonly isApart: boolean; readonly cwd?: string },
  ): PreparedBlock {
    const { resources } = this.#context;
    this.#scratchNames++;
    const scratchName = `output-${this.#scratchNames}.env`;
    return {
      carriesState: runner.type === 'shell',
      onTerminal,
      start: (job) =>
        LocalBlock.start(
          resources,
          {
            request,
            runner,
            onTerminal,
            scratchName,
            codeFiles: this.#codeFiles,
            ...(cwd !== undefined && { cwd }),
          },
          job,
        ),
      done: async () => {
        if (runner.type !== 'shell') return;
        const { session } = runner;
        if (isApart) await session.close();
        // While the engine works out what comes next, the shell gets ready for it.
        else session.prepare?.(this.carried.stateOf(session.dialect, session.baseline));
      },
    };
  }

  async #runnerFor(language: Language, item: BlockItem, use: ShellUse): Promise<BlockRunner | StartFailure> {
    if (language.type !== 'shell') return runnerOf(language, item);
    try {
      return { type: 'shell', session: await this.#shells.shellFor(language, use) };
    } catch (error) {
      if (error instanceof ShellStartError) return { startFailure: error.message };
      throw error;
    }
  }

  #languageOf({ item, code, purpose }: ExecutionRequest): LanguageFinding {
    const settings = this.settingsFor(item);
    const { shell, path } = settings;
    const isCondition = purpose === 'condition';
    const key = `${isCondition ? '' : item.language}\0${path}`;
    const known = this.#foundShells.get(key);
    if (known !== undefined) return known;
    const find = (given: LanguageSettings): LanguageFinding =>
      isCondition ? findShell(shell, given) : findLanguage(item.language, code, given);
    let found = find(settings);
    // A block may have set a search path without it, which a script's own shell would not notice.
    if (found.type === 'missing') {
      const atStart = find({ ...settings, path: this.carried.startEnvironment.PATH ?? '' });
      if (atStart.type === 'shell') found = atStart;
    }
    if (found.type === 'shell') this.#foundShells.set(key, found);
    return found;
  }
}

/** A block that hands a value on, or whose value is compared, wants the value and not a picture of it. */
function runnerOf(language: Exclude<Language, { type: 'shell' }>, item: BlockItem): BlockRunner {
  switch (language.type) {
    case 'http':
      return { type: 'http' };
    case 'interpreter':
      return { type: 'interpreter', language };
    case 'sql': {
      const compares = item.expect.some(({ type }) => type === 'number' || type === 'json');
      return { type: 'sql', language, style: item.captures !== undefined || compares ? 'values' : 'table' };
    }
  }
}
