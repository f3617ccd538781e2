// Owns how a test reads the results that a run left in a document.

export interface DocumentResult {
  /** The bold words of the region's first line: `passed`, `already done`, `skipped`, … */
  readonly status: string;
  /** The whole first line, without its quote mark. */
  readonly headline: string;
  /** What stands in the region's code block; empty without one. */
  readonly output: string;
}

/** The results by address, in document order. */
export function resultsOf(document: string): Record<string, DocumentResult> {
  const results: Record<string, DocumentResult> = {};
  const region = /^<!-- runsheet:result (\S+)(?: [^>]*)? -->\n([\s\S]*?)^<!-- \/runsheet:result -->$/gm;
  for (const [, address = '', body = ''] of document.matchAll(region)) {
    const headline = /^> (.*)$/m.exec(body)?.[1] ?? '';
    results[address] = {
      status: /\*\*(.+?)\*\*/.exec(headline)?.[1] ?? '',
      headline,
      output: /^(`{3,})text\n([\s\S]*?)^\1$/m.exec(body)?.[2] ?? '',
    };
  }
  return results;
}

/** The statuses alone, by address, in document order. */
export function statusesOf(document: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(resultsOf(document)).map(([address, { status }]) => [address, status]),
  );
}

/** The cells of the run log's rows, newest run first, without the header. */
export function runLogOf(document: string): string[][] {
  const log = /^<!-- runsheet:log -->\n([\s\S]*?)^<!-- \/runsheet:log -->$/m.exec(document)?.[1] ?? '';
  return log
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** What is the same however often a run was broken off: the author's text, and which blocks ended well. */
export function undisturbedText(document: string): string {
  return (
    document
      .replace(/(?<=runsheet:result \S+) run=\S+/g, '')
      .replace(/ · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '')
      .replaceAll(/(?<=^<!-- runsheet:result \S+ )run=\S+/gm, 'run=…')
      .replace(/^> ✔ \*\*[^\n]*(?:\n>[^\n]*)*/gm, '> ✔')
      .replace(/\n\n```text\n[\s\S]*?\n```\n(?=<!-- \/runsheet)/g, '\n')
      // As a power cut may leave it.
      .replace(
        /\n\nIts stored output is not what was recorded, and is not shown\.\n(?=<!-- \/runsheet)/g,
        '\n',
      )
      .replace(/^\| \d{4}[^\n]*succeeded[^\n]*$/gm, '| ✔ |')
      .replace(/^\| \d{4}[^\n]*\n/gm, '')
  );
}
