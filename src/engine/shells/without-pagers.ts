// Owns what programs are told of pagers, which on the terminal of a block would wait for a key that nobody presses.
import { findCommand } from '../interpreters/find-command.ts';

/** The variables by which programs choose a pager. */
const variables = ['PAGER', 'GIT_PAGER', 'MANPAGER', 'SYSTEMD_PAGER', 'PSQL_PAGER', 'AWS_PAGER', 'GH_PAGER'];
const noPager = 'cat';

/** For blocks whose output is shown and kept: all of it comes at once. */
export const withoutPagers: Readonly<Record<string, string>> = Object.fromEntries(
  variables.map((name) => [name, noPager]),
);

/**
 * For who works on the whole terminal: the pagers of their own environment. `current` gives what the blocks of the run
 * have; a pager that the runbook itself has chosen stays.
 */
export function pagersOfOperator(
  env: Readonly<Record<string, string | undefined>>,
  current: (name: string) => string | undefined,
): Record<string, string> {
  const usual = env.PAGER ?? (findCommand('less', { path: env.PATH ?? '', cwd: '/' }) ? 'less' : 'more');
  return Object.fromEntries(
    variables.filter((name) => current(name) === noPager).map((name) => [name, env[name] ?? usual]),
  );
}
