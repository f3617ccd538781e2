// Owns `--watch`: tests are run again when what they are made of has changed.
import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { writeMessage } from '../write-result.ts';
import { findTestFiles, type TestFilePlace } from './find-test-files.ts';

/** An editor saves a file in several strokes. */
const settleMs = 100;

/** Runs the tests now and whenever something of them changes, those alone that it touches, until it is interrupted. */
export async function watchTests(
  paths: readonly string[],
  run: (paths: readonly string[], signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  let wake = (): void => {};
  const changed = new Set<string>();
  const watchers = new Map<string, FSWatcher>();
  try {
    let wanted: readonly string[] = paths;
    while (!stop.signal.aborted) {
      const places = findTestFiles(paths);
      const all = places.ok ? places.value : [];
      watchFolders(all, watchers, (file) => {
        changed.add(file);
        wake();
      });
      await run(wanted, stop.signal);
      if (stop.signal.aborted) break;
      writeMessage('\nwaiting for a change; Ctrl-C ends it\n');
      do {
        await new Promise<void>((done) => {
          wake = done;
          stop.signal.addEventListener('abort', () => done(), { once: true });
          if (changed.size > 0) done();
        });
        if (stop.signal.aborted) break;
        await after(settleMs);
        wanted = touched(all, changed);
        changed.clear();
      } while (wanted.length === 0);
    }
    return exitCode.succeeded;
  } finally {
    for (const watcher of watchers.values()) watcher.close();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  }
}

/** A page that others link to touches all tests of its folder; so does a file of a fixture. */
function touched(places: readonly TestFilePlace[], changed: ReadonlySet<string>): readonly string[] {
  const own = places.filter(
    ({ testFile, page }) => changed.has(resolve(testFile)) || changed.has(resolve(page)),
  );
  const known = new Set(places.flatMap(({ testFile, page }) => [resolve(testFile), resolve(page)]));
  const isOther = [...changed].some((file) => !known.has(file) && !/(?:~|\.sw[a-z]|\.tmp)$/.test(file));
  const beside = isOther
    ? places.filter(({ testFile }) =>
        [...changed].some((file) => file.startsWith(`${dirname(resolve(testFile))}${sep}`)),
      )
    : [];
  return [...new Set([...own, ...beside])].map(({ testFile }) => testFile);
}

function watchFolders(
  places: readonly TestFilePlace[],
  watchers: Map<string, FSWatcher>,
  tell: (file: string) => void,
): void {
  for (const folder of new Set(places.map(({ testFile }) => dirname(resolve(testFile))))) {
    if (watchers.has(folder)) continue;
    try {
      const watcher = watch(folder, { recursive: true }, (_, name) => {
        if (name !== null) tell(resolve(folder, String(name)));
      });
      watcher.on('error', () => watchers.delete(folder));
      watchers.set(folder, watcher);
    } catch (error) {
      complain(`\`${folder}\` cannot be watched: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
