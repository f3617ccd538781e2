// Owns a run folder and an executor for tests, and the shortest way to run a block in it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { address, runId, stepName } from '../../../src/basics/address.ts';
import { createExecutor, type ExecutorOptions } from '../../../src/engine/executors/create-executor.ts';
import { readStoredOutput } from '../../../src/engine/output/read-stored-output.ts';
import type { AttemptResult, FailureReason } from '../../../src/run/event.ts';
import type { ExecutionRequest, Executor } from '../../../src/run/executor.ts';
import type { SavedState } from '../../../src/run/files/saved-state.ts';
import { KnownSecrets } from '../../../src/run/masking/known-secrets.ts';
import type { BlockItem } from '../../../src/run/plan.ts';

export interface Ran {
  readonly ok: boolean;
  readonly reason?: FailureReason;
  readonly result: AttemptResult;
  /** Each stream as the listener got it. */
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in order, each piece marked: `1:text`, `2:text`. */
  readonly pieces: readonly string[];
}

export function blockItem(
  name: string,
  language: string,
  code: string,
  extra: Partial<BlockItem> = {},
): BlockItem {
  return {
    kind: 'block',
    address: address(name),
    step: stepName(name),
    stepTitle: name,
    phase: 'steps',
    risk: 'change',
    tags: [],
    line: 1,
    language,
    code,
    retries: 0,
    intervalMs: 0,
    exit: [0],
    expect: [],
    env: {},
    interactive: false,
    background: false,
    hosts: [],
    ...extra,
  };
}

export class ExecutorRig {
  readonly folder: string;
  readonly work: string;
  executor: Executor;
  readonly #options: ExecutorOptions;
  #count = 0;

  private constructor(options: ExecutorOptions, folder: string, executor: Executor) {
    this.#options = options;
    this.folder = folder;
    this.work = options.cwd;
    this.executor = executor;
  }

  static async create(options: Partial<ExecutorOptions> = {}): Promise<ExecutorRig> {
    const folder = mkdtempSync(join(tmpdir(), 'runsheet-executor-'));
    const all: ExecutorOptions = {
      runFolder: join(folder, 'run'),
      runId: runId('20261121-021322-test'),
      shell: 'bash',
      env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' },
      cwd: folder,
      interpreters: {},
      grace: { interruptMs: 200, terminateMs: 200, killMs: 2000 },
      secrets: new KnownSecrets(),
      ...options,
    };
    return new ExecutorRig(all, folder, await createExecutor(all));
  }

  get runFolder(): string {
    return this.#options.runFolder;
  }

  /** Closes the executor and starts another one in the same run folder, as a resumed run does. */
  async reopen(options: Partial<ExecutorOptions>): Promise<void> {
    await this.executor.close();
    this.executor = await createExecutor({ ...this.#options, secrets: new KnownSecrets(), ...options });
  }

  request(item: BlockItem, extra: Partial<ExecutionRequest> = {}): ExecutionRequest {
    return {
      item,
      attempt: 1,
      code: item.code,
      purpose: 'block',
      signal: new AbortController().signal,
      onOutput: () => {},
      ...extra,
    };
  }

  async run(
    language: string,
    code: string,
    extra: Partial<BlockItem> = {},
    request: Partial<ExecutionRequest> = {},
    onChunk: () => void = () => {},
  ): Promise<Ran> {
    this.#count++;
    const item = blockItem(`block-${this.#count}`, language, code, extra);
    const pieces: { readonly mark: string; text: string[] }[] = [];
    const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder(), terminal: new TextDecoder() };
    const execution = await this.executor.run(
      this.request(item, {
        onOutput: ({ stream, bytes }) => {
          const text = decoders[stream].decode(bytes, { stream: true });
          const mark = stream === 'stderr' ? '2:' : '1:';
          if (pieces.at(-1)?.mark !== mark) pieces.push({ mark, text: [] });
          pieces.at(-1)?.text.push(text);
          onChunk();
        },
        ...request,
      }),
    );
    const textOf = (wanted: string): string =>
      pieces.flatMap(({ mark, text }) => (mark === wanted ? text : [])).join('');
    return {
      ok: execution.ok,
      ...(execution.ok ? {} : { reason: execution.reason }),
      result: execution.result,
      stdout: textOf('1:'),
      stderr: textOf('2:'),
      pieces: pieces.map(({ mark, text }) => mark + text.join('')),
    };
  }

  /** Runs a shell block and gives its stdout, newline at the end removed. */
  async sh(code: string, extra: Partial<BlockItem> = {}): Promise<string> {
    return (await this.run('sh', code, extra)).stdout.replace(/\n$/, '');
  }

  stored(ran: Ran): string[] {
    return [...readStoredOutput(this.runFolder, ran.result.output)].map(
      ({ stream, bytes }) => `${stream === 'stderr' ? '2:' : '1:'}${Buffer.from(bytes).toString('utf8')}`,
    );
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  async close(): Promise<void> {
    await this.executor.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The state that a block left behind, which it must have. */
export function savedState(ran: Ran): SavedState {
  const { shellState } = ran.result;
  if (shellState === undefined) throw new Error('the block changed no state');
  return shellState;
}
