// Owns letting a person say the password that sudo wants; it goes from the terminal to sudo, and not through the tool.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import { signalOne } from '../../processes/process-tree.ts';
import { runProgramOnTerminal } from '../../processes/run-on-terminal.ts';
import { startProcess } from '../../processes/start-process.ts';
import { type AskOptions, inTurn } from './ask-for-connection.ts';
import { endedWithSignal } from './ended-with-signal.ts';
import type { SessionProgram } from './session-program.ts';

export interface PasswordOptions extends AskOptions {
  /** A person sits at the terminal that the tool was started on. */
  readonly mayAsk: boolean;
  /** Who the block is to be run as. */
  readonly user: string;
}

const tries = 3;

/** What asks on a terminal: the word goes into the pipe once it is said, and no process has it among its arguments. */
const reader = [
  'e() { stty echo 2>/dev/null; printf "\\n"; }',
  'trap "e; exit 1" INT TERM HUP QUIT',
  // Before anybody is asked, for some type ahead of the question.
  'stty -echo 2>/dev/null',
  'printf "%s" "$2"',
  'IFS= read -r p || { e; exit 1; }',
  'e',
  'printf "%s\\n" "$p" >"$1"',
].join('\n');

/**
 * Asks for the password of the operator, three times at most, and hands it to sudo, which `program` starts and which
 * reads it from its standard input. sudo remembers it for whatever else this process starts in its own session.
 */
export function askForPassword(
  program: SessionProgram,
  options: PasswordOptions,
): Promise<'connected' | 'refused' | 'nobody'> {
  if (options.terminal === undefined && !options.mayAsk) return Promise.resolve('nobody');
  return inTurn(() => ask(program, options));
}

async function ask(program: SessionProgram, options: PasswordOptions): Promise<'connected' | 'refused'> {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-'));
  const pipe = join(folder, 'pipe');
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', pipe]);
    for (let left = tries; left > 0 && !options.signal.aborted; left -= 1) {
      const again = left < tries ? 'Sorry, try again. ' : '';
      const question = `${again}[sudo] your password, to run this as ${options.user}: `;
      const taken = await askOnce(program, pipe, question, options);
      if (taken !== 'wrong') return taken;
    }
    return 'refused';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askOnce(
  { file, args: [flag = '-c', line = ''], env }: SessionProgram,
  pipe: string,
  question: string,
  options: PasswordOptions,
): Promise<'connected' | 'refused' | 'wrong'> {
  // It waits for the pipe before it becomes sudo, so that it can be ended until something was said.
  const sudo = startProcess(file, [flag, `exec <${shellQuote(pipe)}; ${line}`], {
    env,
    stdio: 'ignore',
  });
  if (sudo instanceof Promise) return 'refused';
  const ended = new Promise<number | null>((resolve) => sudo.once('exit', resolve));
  const said = await read(pipe, question, options);
  if (!said && sudo.pid !== undefined) signalOne(sudo.pid, 'SIGKILL');
  const code = await ended;
  if (!said) return 'refused';
  return code === 0 ? 'connected' : 'wrong';
}

/** Whether something was said. */
async function read(
  pipe: string,
  question: string,
  { terminal, signal, onBytes, onHeld }: PasswordOptions,
): Promise<boolean> {
  const args = ['-c', reader, 'sh', pipe, question];
  const env = { PATH: process.env.PATH ?? '', TERM: process.env.TERM ?? 'dumb' };
  if (terminal?.type === 'own') {
    const { code } = await endedWithSignal(signal, (onStarted) =>
      runProgramOnTerminal({
        command: '/bin/sh',
        arguments: args,
        env,
        cwd: '/',
        size: terminal,
        attach: terminal.attach,
        onBytes,
        onStarted,
        onHeld,
      }),
    );
    return code === 0;
  }
  const child = startProcess('/bin/sh', args, { env, stdio: ['inherit', 'inherit', 'inherit'] });
  if (child instanceof Promise) return false;
  return endedWithSignal(signal, (onStarted) => {
    if (child.pid !== undefined) onStarted(child.pid);
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code === 0));
    });
  });
}
