// Owns the rehearsal of a page by a process of its own.
import { startCase } from '../trials/cases/start-case.ts';

/** What a rehearsal has come to. */
export interface Rehearsal {
  readonly passed: boolean;
  /** Of the process; absent where it was ended. */
  readonly exitCode?: number;
  /** The last line that it said. */
  readonly words: string;
}

/** How rehearsals are run. */
export interface RehearsalOptions {
  readonly timeoutMs: number;
  readonly stateDir?: string;
  readonly signal: AbortSignal;
}

/** Rehearses a page with nobody there: manual steps are left out, and nothing is written into the page. */
export async function rehearsePage(
  path: string,
  { timeoutMs, stateDir, signal }: RehearsalOptions,
): Promise<Rehearsal> {
  const state = stateDir === undefined ? [] : ['--state-dir', stateDir];
  const run = ['run', '--rehearse', '--yes', '--manual', 'skip', '--log', 'none', '--surface', 'plain'];
  const { ended, exitCode, messages } = await startCase([...state, ...run, '--', path], {
    env: Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    cwd: process.cwd(),
    timeoutMs,
    signal,
  });
  if (ended === 'timeout') return { passed: false, words: `it did not end within ${timeoutMs / 1000} s` };
  const said = messages.trimEnd().split('\n');
  const first = said.find((line) => /^(?:error|warning)\b/.test(line));
  return {
    passed: exitCode === 0,
    ...(exitCode !== undefined && { exitCode }),
    words: ((exitCode === 2 ? first : undefined) ?? said.at(-1) ?? '').replace(/^\d\d:\d\d:\d\d \S /, ''),
  };
}
