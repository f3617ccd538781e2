// Owns sending the requests of an `http` block and printing their answers.
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type HttpProblem, type HttpRequest, parseHttpRequests } from '../../languages/http/http-request.ts';
import { explainFetchFailure } from './explain-fetch-failure.ts';
import { httpExitCodes } from './http-exit-codes.ts';
import { patientDispatcher } from './patient-dispatcher.ts';

export interface HttpJob {
  readonly code: string;
  /** What `$NAME` and its like stand for. */
  readonly env: Readonly<Record<string, string>>;
  /** Descriptors that take the body (stdout), and the status and headers (stderr). They are left open. */
  readonly writers: readonly [number, number];
  /** Ends the request under way. */
  readonly signal: AbortSignal;
}

/**
 * Sends the requests one after the other and gives the exit code: 0 when every answer is 2xx or 3xx, else that of
 * the first that is not, after which nothing more is sent. A body goes to stdout as it comes, decoded where the
 * server compressed it; status line, headers and what went wrong go to stderr.
 */
export async function runHttpBlock({ code, env, writers, signal }: HttpJob): Promise<number> {
  const stdout = createWriteStream('', { fd: writers[0], autoClose: false });
  const stderr = createWriteStream('', { fd: writers[1], autoClose: false });
  try {
    const parsed = parseHttpRequests(code, env);
    if (!parsed.ok) {
      await write(stderr, parsed.error.map(describeProblem).join(''));
      return httpExitCodes.badRequest;
    }
    for (const [index, request] of parsed.value.entries()) {
      const printer = new AnswerPrinter(stdout, stderr);
      const exitCode = await send(request, printer, signal, index > 0);
      if (exitCode !== httpExitCodes.success) return exitCode;
      if (index < parsed.value.length - 1) await printer.endLine();
    }
    return httpExitCodes.success;
  } finally {
    await Promise.all([stdout, stderr].map((stream) => finished(stream.end()).catch(() => {})));
  }
}

type Sink = ReturnType<typeof createWriteStream>;

class AnswerPrinter {
  readonly #stdout: Sink;
  readonly #stderr: Sink;
  #last = 10;

  constructor(stdout: Sink, stderr: Sink) {
    this.#stdout = stdout;
    this.#stderr = stderr;
  }

  async say(text: string): Promise<void> {
    await write(this.#stderr, text);
  }

  async body(bytes: Uint8Array): Promise<void> {
    this.#last = bytes.at(-1) ?? this.#last;
    await write(this.#stdout, bytes);
  }

  /** Two bodies never share a line. */
  async endLine(): Promise<void> {
    if (this.#last !== 10) await write(this.#stdout, '\n');
  }
}

async function send(
  request: HttpRequest,
  printer: AnswerPrinter,
  signal: AbortSignal,
  isLater: boolean,
): Promise<number> {
  const name = request.name === undefined ? '' : `### ${request.name}\n`;
  let answered = false;
  const dispatcher = patientDispatcher();
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers.map(([key, value]) => [key, value] as [string, string]),
      redirect: request.followsRedirects ? 'follow' : 'manual',
      signal,
      ...(dispatcher && { dispatcher }),
      ...(request.body !== undefined && { body: request.body }),
    });
    answered = true;
    await printer.say(`${isLater ? '\n' : ''}${name}${describeAnswer(response)}`);
    if (response.body) for await (const bytes of response.body) await printer.body(bytes);
    return exitCodeOf(response.status);
  } catch (error) {
    if (signal.aborted) {
      await printer.say('the request was ended before its answer was complete\n');
      return httpExitCodes.timeout;
    }
    const { message, exitCode } = explainFetchFailure(error, new URL(request.url), answered);
    await printer.say(`${name}${message}\n`);
    return exitCode;
  }
}

function exitCodeOf(status: number): number {
  if (status >= 500) return httpExitCodes.serverError;
  return status >= 400 ? httpExitCodes.clientError : httpExitCodes.success;
}

/** The cookies of a session are keys to it, and what a block prints is kept: their values are not shown. */
function describeAnswer(response: Response): string {
  const headers = [...response.headers].map(([name, value]) => {
    const shown = name === 'set-cookie' ? value.replace(/^([^=;]*=)[^;]*/, '$1***') : value;
    return `${name}: ${latin1AsUtf8(shown)}\n`;
  });
  const reason = response.statusText === '' ? '' : ` ${latin1AsUtf8(response.statusText)}`;
  const moved = response.redirected ? `(redirected to ${withoutQuery(response.url)})\n` : '';
  return `${moved}HTTP/1.1 ${response.status}${reason}\n${headers.join('')}\n`;
}

/** Header values arrive byte by byte; many servers write UTF-8 into them. */
function latin1AsUtf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const decoded = bytes.toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

/** Tokens travel in the queries of redirects. */
function withoutQuery(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}

function describeProblem({ line, message, help }: HttpProblem): string {
  return `line ${line}: ${message}${help === undefined ? '' : `; ${help}`}\n`;
}

async function write(sink: Sink, data: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    sink.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
