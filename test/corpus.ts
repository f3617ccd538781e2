// Owns the way to the corpus of real runbooks beside the repository; skips aloud where it is not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusFile {
  /** Relative to the corpus. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

const folder = new URL('../../shared/corpus/', import.meta.url).pathname;

/** Every Markdown file of the corpus; none, with a message, where it is absent and not required. */
export function readCorpus(): readonly CorpusFile[] {
  if (!existsSync(folder)) {
    if (process.env.RUNSHEET_REQUIRE_CORPUS)
      throw new Error('the corpus is required, and is not at ../shared/corpus');
    console.warn('no corpus at ../shared/corpus: nothing is checked against real runbooks');
    return [];
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && path !== 'SOURCES.md')
    .sort()
    .map((path) => {
      const bytes = new Uint8Array(readFileSync(join(folder, path)));
      return { path, bytes, text: new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes) };
    });
}
