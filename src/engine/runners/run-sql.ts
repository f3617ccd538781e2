// Owns running a block in a database client and printing its results readably.
import { randomBytes } from 'node:crypto';
import { createWriteStream, rmSync, statSync, type WriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { execa } from 'execa';
import type { SqlDialect } from '../../languages/sql/parse-database-url.ts';
import { planSqlCall, type SqlCall } from '../../languages/sql/plan-sql-call.ts';
import type { ResultEvent } from '../../languages/sql/result-event.ts';
import { ResultRenderer, type ResultStyle } from '../../languages/sql/result-renderer.ts';
import { makeStateFolder } from '../files/write-state-file.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import type { ProgramJob, StartFailure } from './program-job.ts';

/** A block of a database client. */
export interface SqlJob extends ProgramJob {
  readonly dialect: SqlDialect;
  /** What starts the client: its path, or a wrapper such as `docker exec -i db` and the client behind it. */
  readonly command: readonly string[];
  readonly extra: readonly string[];
  readonly style: ResultStyle;
}

/** How long a process that the client left behind may keep our pipe open without a word, once the client is gone. */
const idleDrainMs = 200;

/** Runs the code and resolves when the client, which leads a process group of its own, has ended. */
export async function runSql(job: SqlJob): Promise<ShellOutcome | StartFailure> {
  if (!statSync(job.cwd, { throwIfNoEntry: false })?.isDirectory())
    return { startFailure: `the working directory \`${job.cwd}\` does not exist` };
  const codeFile = join(job.folder, `${job.name}.sql`);
  const planned = planSqlCall({
    ...job,
    codeFile,
    isWrapped: job.command.length > 1,
    random: randomBytes(12).toString('hex'),
  });
  if (!planned.ok) return { startFailure: planned.error };
  const call = planned.value;
  try {
    if (call.wantsCodeFile) {
      makeStateFolder(job.folder);
      writeFileSync(codeFile, job.code, { mode: 0o600 });
    }
    return await runClient(job, call);
  } finally {
    if (call.wantsCodeFile) rmSync(job.folder, { recursive: true, force: true });
  }
}

async function runClient(job: SqlJob, call: SqlCall): Promise<ShellOutcome | StartFailure> {
  const [command = '', ...fixed] = job.command;
  const child = execa(command, [...fixed, ...call.args], {
    cwd: job.cwd,
    env: { ...job.env, ...call.env },
    extendEnv: false,
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    stdout: 'pipe',
    // Any descriptor is passed on as it is; the types know only the first ten.
    stderr: job.writers[1] as 3,
    input: call.stdin,
  });
  // execa's own promise waits until every pipe is closed, which a left-over process can put off for ever.
  child.catch(() => {});
  const printer = new Printer(child.stdout, call, job);
  const printed = printer.print();
  const outcome = await new Promise<ShellOutcome | StartFailure>((resolve) => {
    child.once('exit', (status, signal) => {
      resolve({ status, ...(signal === null ? {} : { signal }), shellLost: false });
    });
    child.once('error', (error) => {
      if (child.pid === undefined)
        resolve({ startFailure: `\`${command}\` could not be started: ${error.message}` });
    });
    if (child.pid !== undefined) job.onStarted(child.pid);
  });
  const held = setInterval(() => {
    if (printer.isIdleSinceLastAsked()) child.stdout.destroy();
  }, idleDrainMs);
  await printed;
  clearInterval(held);
  return outcome;
}

/** Passes the client's output on as people and later blocks want it, no faster than it is taken. */
class Printer {
  readonly #source: NodeJS.ReadableStream;
  readonly #call: SqlCall;
  readonly #renderer: ResultRenderer;
  readonly #sink: WriteStream;
  #isIdle = false;
  #isWriting = false;

  constructor(source: NodeJS.ReadableStream, call: SqlCall, job: SqlJob) {
    this.#source = source;
    this.#call = call;
    this.#renderer = new ResultRenderer(job.style);
    this.#sink = createWriteStream('', { fd: job.writers[0], autoClose: false });
  }

  /** True when nothing was read or written since the last question. */
  isIdleSinceLastAsked(): boolean {
    const isIdle = this.#isIdle && !this.#isWriting;
    this.#isIdle = true;
    return isIdle;
  }

  async print(): Promise<void> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const { reader } = this.#call;
    try {
      try {
        for await (const bytes of this.#source as AsyncIterable<Uint8Array>)
          await this.#write(reader.push(decoder.decode(bytes, { stream: true })));
      } catch (error) {
        // We end the pipe ourselves when a left-over process holds it.
        if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
      }
      await this.#write([...reader.push(decoder.decode()), ...reader.end()]);
    } finally {
      await finished(this.#sink.end()).catch(() => {});
    }
  }

  async #write(events: readonly ResultEvent[]): Promise<void> {
    this.#isIdle = false;
    const text = this.#renderer.render(events);
    if (text === '') return;
    this.#isWriting = true;
    await new Promise<void>((resolve, reject) => {
      this.#sink.write(text, (error) => (error ? reject(error) : resolve()));
    });
    this.#isWriting = false;
  }
}
