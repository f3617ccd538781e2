// Owns how an `http` block is written: requests, variables, separators.
import { fail, ok, type Result } from '../../basics/result.ts';
import { fillTemplate, type TemplateProblem, type Variables } from './fill-template.ts';

/** A request that can be sent as it is. */
export interface HttpRequest {
  /** One-based line of its request line in the block. */
  readonly line: number;
  /** What follows the `###` above it. */
  readonly name?: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** False after a `# @no-redirect` above the request line. */
  readonly followsRedirects: boolean;
}

/** What is wrong with a block, never holding the value of a variable. */
export interface HttpProblem {
  /** One-based line of the block. */
  readonly line: number;
  readonly message: string;
  readonly help?: string;
}

interface WrittenLine {
  readonly text: string;
  /** One-based line of the block. */
  readonly number: number;
}

interface WrittenRequest {
  readonly name?: string;
  readonly lines: readonly WrittenLine[];
}

/**
 * Reads the requests of a block, parted by lines that start with `###`, and puts the variables in. The structure
 * is read before any value is inserted, so that a value can neither add a header nor a request.
 */
export function parseHttpRequests(
  code: string,
  variables: Variables,
): Result<readonly HttpRequest[], readonly HttpProblem[]> {
  const requests: HttpRequest[] = [];
  const problems: HttpProblem[] = [];
  for (const written of splitRequests(code)) {
    const reader = new RequestReader(written, variables);
    const request = reader.read();
    problems.push(...reader.problems);
    if (request) requests.push(request);
  }
  if (problems.length > 0) return fail(problems);
  if (requests.length === 0) {
    const help = 'begin with a line such as `GET https://example.com/health`';
    return fail([{ line: 1, message: 'the block holds no request', help }]);
  }
  return ok(requests);
}

function splitRequests(code: string): WrittenRequest[] {
  const requests: WrittenRequest[] = [];
  let name: string | undefined;
  let lines: WrittenLine[] = [];
  const close = (): void => {
    requests.push({ lines, ...(name !== undefined && { name }) });
  };
  for (const [index, text] of code.split(/\r?\n/).entries()) {
    const separator = /^###+(.*)$/.exec(text);
    if (!separator) {
      lines.push({ text, number: index + 1 });
      continue;
    }
    close();
    name = separator[1]?.trim() || undefined;
    lines = [];
  }
  close();
  return requests;
}

/** RFC 9110 §5.6.2. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const comment = /^\s*(?:#|\/\/)/;
/** RFC 9110 §7.6.1 and what `fetch` counts by itself. */
const ownHeaders = new Set([
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
]);
const refusedMethods = new Set(['CONNECT', 'TRACE', 'TRACK']);
const bodilessMethods = new Set(['GET', 'HEAD']);

class RequestReader {
  readonly problems: HttpProblem[] = [];
  readonly #written: WrittenRequest;
  readonly #variables: Variables;
  #at = 0;
  #followsRedirects = true;

  constructor(written: WrittenRequest, variables: Variables) {
    this.#written = written;
    this.#variables = variables;
  }

  /** Undefined when there is no request, or none that can be sent. */
  read(): HttpRequest | undefined {
    this.#skipToRequestLine();
    const first = this.#written.lines[this.#at];
    if (!first) return undefined;
    const target = this.#readTarget(first);
    const headers = this.#readHeaders();
    const body = this.#readBody(headers);
    if (!target) return undefined;
    const { method } = target;
    if (refusedMethods.has(method)) this.#report(first.number, `\`${method}\` requests cannot be sent`);
    if (body !== undefined && bodilessMethods.has(method)) {
      const help = 'servers that read a query from a body take POST as well';
      this.#report(first.number, `a \`${method}\` request has no body`, help);
    }
    const placed = this.#placeUrl(target.url, target.written, first.number, headers);
    if (placed === undefined || this.problems.length > 0) return undefined;
    const { name } = this.#written;
    return {
      line: first.number,
      method,
      url: placed.url,
      headers: placed.headers,
      followsRedirects: this.#followsRedirects,
      ...(name !== undefined && { name }),
      ...(body !== undefined && { body }),
    };
  }

  #skipToRequestLine(): void {
    for (; this.#at < this.#written.lines.length; this.#at += 1) {
      const text = this.#written.lines[this.#at]?.text ?? '';
      if (text.trim() !== '' && !comment.test(text)) return;
      if (/^\s*(?:#|\/\/)\s*@no-redirect\s*$/.test(text)) this.#followsRedirects = false;
    }
  }

  #readTarget(first: WrittenLine): { method: string; url: string; written: string } | undefined {
    const { text, number } = first;
    const match = /^\s*(?:([A-Za-z]+)\s+)?(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?\s*$/.exec(text);
    let written = match?.[2] ?? '';
    this.#at += 1;
    // A query may go on over lines that are indented and begin with its separator.
    for (; this.#at < this.#written.lines.length; this.#at += 1) {
      const continued = /^\s+([?&].*?)(?:\s+HTTP\/\d(?:\.\d)?)?\s*$/.exec(
        this.#written.lines[this.#at]?.text ?? '',
      );
      if (!continued) break;
      written += continued[1] ?? '';
    }
    const method = match?.[1] ?? 'GET';
    if (method !== method.toUpperCase()) {
      this.#report(number, `\`${method}\` is not a method`, `write \`${method.toUpperCase()}\``);
      return undefined;
    }
    const url = this.#fill(written, number);
    return url === undefined ? undefined : { method, url, written };
  }

  #readHeaders(): [string, string][] {
    const headers: [string, string][] = [];
    for (; this.#at < this.#written.lines.length; this.#at += 1) {
      const { text, number } = this.#written.lines[this.#at] ?? { text: '', number: 0 };
      if (text.trim() === '') break;
      if (comment.test(text)) continue;
      const colon = text.indexOf(':');
      const name = text.slice(0, Math.max(colon, 0)).trim();
      if (!token.test(name)) {
        const help = 'a header is `Name: value`; a body comes after an empty line';
        this.#report(number, 'this line is not a header', help);
        continue;
      }
      const value = this.#fill(text.slice(colon + 1).trim(), number);
      if (value === undefined || ownHeaders.has(name.toLowerCase())) continue;
      if (/[\r\n\0]/.test(value)) this.#report(number, `the value of \`${name}\` would hold a line break`);
      else if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
        const help = 'a header holds Latin-1 letters only; encode the value, as in `{{NAME|url}}`';
        this.#report(number, `the value of \`${name}\` would hold a letter that no header can carry`, help);
      } else headers.push([name, value]);
    }
    return headers;
  }

  #readBody(headers: [string, string][]): string | undefined {
    const lines = this.#written.lines.slice(this.#at + 1);
    while (lines.length > 0 && lines.at(-1)?.text.trim() === '') lines.pop();
    const [first] = lines;
    if (!first) return undefined;
    if (/^<\s+\S/.test(first.text)) {
      const help = 'read the file into a variable in a shell block, and write the variable here';
      this.#report(first.number, 'a body is not read from a file', help);
      return undefined;
    }
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase();
    const filled = lines.map(({ text, number }) => this.#fill(text, number) ?? '');
    if (type?.startsWith('multipart/')) return `${filled.join('\r\n')}\r\n`;
    if (type?.startsWith('application/x-www-form-urlencoded'))
      return filled.map((line) => line.trim()).join('');
    const body = filled.join('\n');
    if (type === undefined && /^\s*[{[]/.test(body)) headers.push(['Content-Type', 'application/json']);
    return body;
  }

  /** Makes the address whole: a path goes to the `Host` header, user and password to `Authorization`. */
  #placeUrl(
    filled: string,
    written: string,
    line: number,
    headers: readonly [string, string][],
  ): { url: string; headers: readonly [string, string][] } | undefined {
    const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
    // The WHATWG parser drops line breaks and tabs without a word, which would send something else.
    if (/[\s\0]/.test(filled)) {
      const help = 'write a value that may hold blanks as `{{NAME|url}}`';
      return this.#report(line, `\`${written}\` would hold a blank`, help);
    }
    if (filled.startsWith('/') && host === undefined) {
      const help = 'write the whole address, or add a `Host:` header';
      return this.#report(line, `\`${written}\` names no host`, help);
    }
    const address = filled.startsWith('/') ? `${schemeFor(host ?? '')}://${host}${filled}` : filled;
    if (!URL.canParse(address)) return this.#report(line, `\`${written}\` is not an address`);
    const url = new URL(address);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      const help = 'an address begins with `https://` or `http://`';
      return this.#report(line, `\`${written}\` is neither https nor http`, help);
    }
    if (host !== undefined && host.toLowerCase() !== url.host) {
      // fetch would leave the header out without a word, and another site would answer.
      const help = 'write the host into the address';
      return this.#report(line, `the \`Host\` header is not the host of \`${written}\``, help);
    }
    const kept = headers.filter(([name]) => name.toLowerCase() !== 'host');
    if (url.username === '' && url.password === '') return { url: url.href, headers: kept };
    const credentials = basicCredentials(decodePercent(url.username), decodePercent(url.password));
    url.username = '';
    url.password = '';
    return { url: url.href, headers: [...kept, ['Authorization', `Basic ${credentials}`]] };
  }

  #fill(text: string, line: number): string | undefined {
    const filled = fillTemplate(text, this.#variables);
    if (filled.ok) return filled.value;
    for (const { message, help } of filled.error as readonly TemplateProblem[])
      this.#report(line, message, help);
    return undefined;
  }

  #report(line: number, message: string, help?: string): undefined {
    this.problems.push({ line, message, ...(help !== undefined && { help }) });
  }
}

/** A request line of a path alone says nothing of the scheme: only loopback is taken to be without TLS. */
function schemeFor(host: string): 'http' | 'https' {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(host) ? 'http' : 'https';
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 7617, in UTF-8. */
function basicCredentials(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
