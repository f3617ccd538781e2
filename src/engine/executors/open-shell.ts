// Owns the way of an operator into a shell of the run and out of it again.

import type { ShellRequest, ShellResult } from '../../run/executor.ts';
import type { MaskedBytes, Redactor } from '../../run/masking/redactor.ts';
import { findLanguage, findShell, type Language } from '../interpreters/find-language.ts';
import { languageFailure } from '../interpreters/language-failure.ts';
import { endProcessTree, type ProcessTree, signalOne } from '../processes/process-tree.ts';
import { supervise } from '../processes/supervise.ts';
import { whyNoFolder } from '../processes/why-no-folder.ts';
import type { OperatorShellEnd } from '../shells/run-operator-shell.ts';
import type { SavedStates } from '../shells/saved/saved-states.ts';
import { ShellStartError } from '../shells/shell-start-error.ts';
import { startFreshShell } from '../shells/start-shell.ts';
import { pagersOfOperator } from '../shells/without-pagers.ts';
import { isFolder, workingFolder } from '../shells/working-folder.ts';
import type { ExecutorContext } from './executor-context.ts';

/** A bash that has looked for signals and not yet begun to read misses one that comes between, until the next. */
const hangUpAgainMs = 500;

/** Names that a terminal, and not its user, gives values to. */
const ofTheTerminal = ['COLUMNS', 'LINES'];

/** Bytes that may be the start of a secret are shown after this time, or what is typed would not be seen. */
const heldBackMs = 15;

/**
 * Opens the shell that the item asked about runs in, in its folder and with its variables, or else the shell of the
 * runbook; resolves when the operator has left it and its changes are those of the run.
 */
export async function openShell(
  context: ExecutorContext,
  saved: SavedStates,
  request: ShellRequest,
): Promise<ShellResult> {
  const startedAt = context.resources.monotonicMs();
  const ended = (rest: Omit<ShellResult, 'durationMs'>): ShellResult => ({
    durationMs: Math.max(0, Math.round(context.resources.monotonicMs() - startedAt)),
    ...rest,
  });
  const refused = (problem: string): ShellResult =>
    ended({ problem: context.resources.secrets.redactor.redactText(problem) });
  const item = request.item && context.places.enter(request.item);
  if (typeof item === 'string') return refused(item);
  const language = shellFor(context, request);
  if (typeof language === 'string') return refused(language);
  const { carried } = context.resources;
  const cwd = item?.cwd === undefined ? undefined : workingFolder(item.cwd, context.cwd, carried);
  const noFolder = cwd === undefined ? undefined : whyNoFolder(cwd);
  if (noFolder !== undefined) return refused(noFolder);
  try {
    const pagers = pagersOfOperator(context.operatorEnv, (name) => carried.valueOf(name));
    const own = { ...pagers, ...item?.env, ...(item && { RUNSHEET_STEP: item.step }) };
    const { end, dialect } = await work(context, language, request, {
      own,
      ...(cwd !== undefined && { cwd }),
    });
    if (!end.opened) return refused(`\`${language.command}\` did not start`);
    if (end.dump === undefined)
      return refused('it was killed or replaced; variables and folder are as they were before it');
    const warnings: string[] = [];
    const names = [...Object.keys(own), ...ofTheTerminal];
    const changed = carried.adopt(dialect, end.dump, { names, ...(cwd !== undefined && { cwd }) });
    if (changed && !isFolder(carried.cwd)) warnings.push(`the working directory \`${carried.cwd}\` is gone`);
    const shellState = changed ? saved.save(carried.changes(), warnings) : undefined;
    const problem = context.resources.secrets.redactor.redactText(warnings.join('; '));
    return ended({ ...(shellState !== undefined && { shellState }), ...(problem !== '' && { problem }) });
  } catch (error) {
    if (error instanceof ShellStartError) return refused(error.message);
    throw error;
  }
}

/** A runbook in a shell whose state nobody can carry over has bash for this. */
function shellFor(
  { shell, interpreters, cwd, resources: { carried } }: ExecutorContext,
  { item }: ShellRequest,
): Extract<Language, { type: 'shell' }> | string {
  const settings = {
    shell,
    interpreters,
    cwd,
    path: carried.valueOf('PATH') ?? '',
    env: carried.environment(),
  };
  const own = item && findLanguage(item.language, item.code, settings);
  if (own?.type === 'shell') return own;
  const found = findShell(shell, settings);
  if (found.type === 'shell') return found;
  const bash = findShell('bash', settings);
  if (bash.type === 'shell') return bash;
  return bash.type === 'missing' ? languageFailure('bash', bash) : 'there is no shell to open';
}

async function work(
  { resources }: ExecutorContext,
  language: Extract<Language, { type: 'shell' }>,
  { signal, ...terminal }: ShellRequest,
  { own, cwd }: { readonly own: Readonly<Record<string, string>>; readonly cwd?: string },
) {
  const { pool, carried, common, watchdog, grace, secrets } = resources;
  const shell = await startFreshShell(language, {
    pool,
    env: { ...carried.startEnvironment, ...common },
    cwd: carried.startCwd,
  });
  const { dialect } = shell;
  const mask = maskShown(secrets.redactor, terminal.onBytes);
  let unwatch: () => void = () => {};
  let leader: number | undefined;
  let markStarted: (tree: ProcessTree) => void = () => {};
  const started = new Promise<ProcessTree>((resolve) => {
    markStarted = resolve;
  });
  watchdog.start();
  const ended: Promise<OperatorShellEnd> = shell.openForOperator({
    state: carried.stateOf(dialect, shell.baseline),
    environment: own,
    ...(cwd === undefined ? {} : { cwd }),
    terminal: {
      ...terminal,
      onBytes: mask.push,
      onHeld: (held) => void pool.leftOvers.watchTerminal(held),
    },
    onStarted: (pid) => {
      leader = pid;
      unwatch = watchdog.watch(pid);
      markStarted({ leader: pid });
    },
  });
  // A shell at its prompt minds neither INT nor TERM. At HUP it tells its state and goes, if it is given the time.
  const hard = new AbortController();
  let patience: NodeJS.Timeout | undefined;
  let repetition: NodeJS.Timeout | undefined;
  const hangUp = (): void => {
    if (leader === undefined) {
      hard.abort();
      return;
    }
    const pid = leader;
    signalOne(pid, 'SIGHUP');
    repetition = setInterval(() => signalOne(pid, 'SIGHUP'), hangUpAgainMs);
    patience = setTimeout(() => hard.abort(), grace.interruptMs);
  };
  if (signal.aborted) hard.abort();
  else signal.addEventListener('abort', hangUp, { once: true });
  try {
    const { value } = await supervise(ended, {
      signal: hard.signal,
      started: started.then((tree) => () => endProcessTree(tree, grace)),
      onEnd: () => {},
    });
    return { end: value, dialect };
  } finally {
    clearTimeout(patience);
    clearInterval(repetition);
    signal.removeEventListener('abort', hangUp);
    unwatch();
    mask.flush();
    await shell.close();
  }
}

/** Masks secrets in what the shell shows, as far as they come in one piece. */
function maskShown(redactor: Redactor, show: (bytes: MaskedBytes) => void) {
  const stream = redactor.createStream();
  let timer: NodeJS.Timeout | undefined;
  const give = (bytes: MaskedBytes): void => {
    if (bytes.length > 0) show(bytes);
  };
  const flush = (): void => {
    clearTimeout(timer);
    give(stream.flush());
  };
  const push = (bytes: Uint8Array): void => {
    clearTimeout(timer);
    give(stream.push(bytes));
    if (stream.pending) timer = setTimeout(flush, heldBackMs);
  };
  return { push, flush };
}
