// Owns running one script: by its shell, as one block, and cut into blocks, here, on a host, on a terminal, resumed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SavedState } from '../../../../src/run/files/saved-state.ts';
import type { BlockItem } from '../../../../src/run/plan.ts';
import { ExecutorRig, type Ran } from '../../executors/executor-rig.ts';
import { cutScript, type Shell } from './script.ts';

/** `strict` ends at the first command that fails; `plain` is what the shell does by itself. */
export type Strictness = 'strict' | 'plain';

/** How blocks are made of a script and where they are run. */
export const manners = ['whole', 'cut', 'resumed', 'host', 'host-resumed', 'terminal'] as const;
export type Manner = (typeof manners)[number];

export interface Observed {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the signal. */
  readonly status: number | string;
  /** What stands in the folder of the script afterwards: texts by names. */
  readonly files: Readonly<Record<string, string>>;
}

const timeoutMs = 20_000;
const grace = { interruptMs: 200, terminateMs: 200, killMs: 2000 };

/** Runs here what it is told to run on `web1`; a login starts in the home. */
const sshStandIn = `#!/bin/sh
while [ "$1" != web1 ]; do [ $# -gt 0 ] || exit 255; shift; done
shift; [ "$1" = -- ] && shift
cd; unset OLDPWD; exec sh -c "$*"
`;

const terminalSize = { type: 'own' as const, columns: 200, rows: 50, attach: () => {} };

/** What the attributes of a block say. */
const attributes: Readonly<Record<Strictness, Partial<BlockItem>>> = {
  strict: { errexit: true },
  plain: { errexit: false },
};

/** The shell's own options for each way of running; aliases are there in blocks, as they are at a prompt. */
const shellArguments: Readonly<Record<Shell, Readonly<Record<Strictness, readonly string[]>>>> = {
  bash: {
    plain: ['-O', 'expand_aliases'],
    strict: ['-O', 'expand_aliases', '-O', 'inherit_errexit', '-e', '-o', 'pipefail'],
  },
  zsh: { plain: ['-f'], strict: ['-f', '-e', '-o', 'pipefail'] },
  dash: { plain: [], strict: ['-e'] },
};

/** Folders for one script at a time. */
export class ScriptRig {
  readonly #base = mkdtempSync(join(tmpdir(), 'cut-'));
  readonly #shell: Shell;
  readonly #strictness: Strictness;
  #count = 0;

  constructor(shell: Shell, strictness: Strictness) {
    this.#shell = shell;
    this.#strictness = strictness;
    const ssh = join(this.#base, 'ssh');
    writeFileSync(ssh, sshStandIn);
    chmodSync(ssh, 0o755);
  }

  close(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }

  /** The script as its shell runs it; `merged` has both streams in one, as a terminal shows them. */
  async runByShell(code: string, merged: boolean): Promise<Observed> {
    const { folder, work } = this.#newFolders();
    const file = join(folder, 'script');
    writeFileSync(file, code);
    const stdout = openSync(join(folder, 'stdout'), 'a');
    const stderr = merged ? stdout : openSync(join(folder, 'stderr'), 'a');
    const child = spawn(this.#shell, [...shellArguments[this.#shell][this.#strictness], file], {
      ...{ cwd: work, env: environment(work), detached: true, stdio: ['ignore', stdout, stderr] },
    });
    const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), timeoutMs);
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string];
    clearTimeout(timer);
    for (const descriptor of new Set([stdout, stderr])) closeSync(descriptor);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return this.#observed(folder, work, {
      ...{ stdout: read('stdout'), stderr: merged ? '' : read('stderr'), status: exitCode ?? signal },
    });
  }

  async runByBlocks(code: string, manner: Manner): Promise<Observed> {
    const { folder, work } = this.#newFolders();
    const onHost = manner.startsWith('host');
    const env = environment(work);
    const rig = await ExecutorRig.create({
      cwd: work,
      env,
      grace,
      ssh: { command: [join(this.#base, 'ssh')], env, mayAsk: false },
    });
    const statements = manner === 'whole' ? [code] : cutScript(code);
    const middle = manner.endsWith('resumed') ? Math.ceil(statements.length / 2) : undefined;
    const seen = { stdout: '', stderr: '', status: 0 as number | string };
    let left: SavedState | undefined;
    try {
      for (const [index, statement] of statements.entries()) {
        if (index === middle && left !== undefined)
          await rig.reopen(onHost ? { restoreHosts: { web1: left } } : { restoreFrom: left });
        const ran = await this.#runStatement(rig, statement, manner);
        if (typeof ran === 'string') {
          seen.status = ran;
          break;
        }
        left = ran.result.shellState ?? left;
        seen.stdout += ran.stdout;
        seen.stderr += ran.stderr;
        seen.status = statusOf(ran);
        const before = statements.slice(0, index + 1).join('');
        if (typeof seen.status === 'string' || (seen.status !== 0 && !(await this.#goesOnBehind(before))))
          break;
      }
    } finally {
      await rig.executor.runExitTraps();
      await rig.close();
    }
    return this.#observed(folder, work, seen);
  }

  /** Whether the shell itself comes to what follows this code. */
  async #goesOnBehind(code: string): Promise<boolean> {
    this.#count += 1;
    const mark = join(this.#base, `went-on-${this.#count}`);
    await this.runByShell(`${code}\n: >|'${mark}'\n`, true);
    return existsSync(mark);
  }

  /** The text of the error where the tool has a bug. */
  async #runStatement(rig: ExecutorRig, statement: string, manner: Manner): Promise<Ran | string> {
    try {
      return await rig.run(
        this.#shell,
        statement,
        { ...attributes[this.#strictness], timeoutMs },
        {
          ...(manner.startsWith('host') && { host: 'web1' }),
          ...(manner === 'terminal' && { terminal: terminalSize }),
        },
      );
    } catch (error) {
      return String(error);
    }
  }

  #newFolders(): { folder: string; work: string } {
    this.#count += 1;
    const folder = join(this.#base, String(this.#count));
    // So deep that no script climbs out of it.
    const work = join(folder, 'a/b/c/d/e/f/work');
    mkdirSync(work, { recursive: true });
    return { folder, work };
  }

  #observed(folder: string, work: string, seen: Omit<Observed, 'files'>): Observed {
    const placed = (text: string): string => text.replaceAll(work, 'WORK').replaceAll(folder, 'FOLDER');
    const files: Record<string, string> = {};
    const place = join(folder, 'a');
    for (const entry of readdirSync(place, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        files[path.slice(place.length + 1)] = placed(readFileSync(path, 'utf8'));
      }
    rmSync(folder, { recursive: true, force: true });
    return {
      stdout: placed(seen.stdout.replaceAll(/\r+\n/g, '\n')),
      stderr: placed(seen.stderr),
      status: seen.status,
      files,
    };
  }
}

export function environment(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8' };
}

function statusOf({ ok, reason, result }: Ran): number | string {
  if (ok) return 0;
  if (reason?.type === 'exit') return reason.code;
  if (reason?.type === 'signal') return reason.signal;
  return result.exitCode ?? JSON.stringify(reason);
}
