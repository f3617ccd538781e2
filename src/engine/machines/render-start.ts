// Owns putting together what a machine is given to start a block with.

import { toByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect } from '../../languages/shell/shell-dialect.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import type { ShellState } from '../../languages/shell/shell-state.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import { codeFileName, shellExtensions } from '../files/code-files.ts';
import { leaveTerminal } from '../processes/run-on-terminal.ts';
import { preloadName } from '../runners/run-interpreter.ts';
import type { CarriedState } from '../shells/carried-state.ts';
import { closeScript, strictBaseline } from '../shells/fresh-shell.ts';
import { isStrict } from './machine.ts';
import type { RemoteLanguage } from './remote-language.ts';
import { type RemoteStart, remoteNames } from './remote-script.ts';

export interface StartContext {
  readonly request: ExecutionRequest;
  /** Absent where it is this machine, as another account. */
  readonly host?: string | undefined;
  readonly nonce: string;
  readonly carried: CarriedState;
  /** Exported for every block. */
  readonly common: Readonly<Record<string, string>>;
  /** What this kind of shell starts from there; absent before it was seen. */
  readonly baseline: ShellState | undefined;
  readonly onTerminal: boolean;
  /** What a program reads; nothing when absent. */
  readonly input?: Uint8Array;
}

/** The start of a block, or of a condition. */
export function renderStart(
  language: Extract<RemoteLanguage, { type: 'shell' | 'interpreter' }>,
  context: StartContext,
): RemoteStart {
  const { request, host, common } = context;
  const { item } = request;
  const environment = {
    ...common,
    ...item.env,
    RUNSHEET_STEP: item.step,
    ...(host !== undefined && { RUNSHEET_HOST: host }),
  };
  if (language.type === 'shell') {
    return {
      type: 'shell',
      commands: language.commands,
      plainArguments: language.dialect.plainArguments,
      file: codeFileName(item.address, shellExtensions[language.dialect.name]),
      code: request.code,
      script: renderShellScript(language.dialect, environment, context),
      onTerminal: context.onTerminal,
    };
  }
  const { carried } = context;
  const cwd = item.cwd === undefined ? carried.cwd : fromHome(item.cwd);
  return {
    type: 'interpreter',
    choices: language.choices,
    code: language.code,
    env: new Map([...carried.assignments, ...Object.entries(environment)]),
    file: codeFileName(item.address, language.extension),
    ...(language.preload !== undefined && { preload: { name: preloadName, text: language.preload } }),
    ...(cwd !== '' && { cwd }),
    ...(context.input !== undefined && { input: context.input }),
  };
}

function renderShellScript(
  dialect: FreshDialect,
  environment: Readonly<Record<string, string>>,
  { request, nonce, carried, baseline, onTerminal }: StartContext,
) {
  const { item, code, purpose, terminal } = request;
  const from = baseline ?? carried.supposedBaseline(dialect);
  const file = codeFileName(item.address, shellExtensions[dialect.name]);
  const names = [
    remoteNames(nonce),
    'export RUNSHEET_OUTPUT="$__rs_dir/output"',
    // On a terminal the whole session is the group that belongs to the block.
    ...(onTerminal ? [] : [`printf '%s\\n' "$$" >"$__rs_dir/pid"`]),
    // Seen once, so that later blocks are told what has changed and nothing else.
    ...(baseline === undefined ? [`( __rs_status=0 __rs_state=$__rs_dir/base; ${dialect.dump} )`] : []),
  ].join('\n');
  return dialect.renderScript({
    from,
    state: carried.stateOf(dialect, strictBaseline(dialect, from)),
    environment,
    ...(item.cwd !== undefined && { cwd: fromHome(item.cwd) }),
    code,
    file: `"$__rs_dir"/code/${shellQuote(toByteText(file))}`,
    strict: isStrict(request),
    keepState: purpose === 'block' && request.each === undefined,
    begin: onTerminal ? 'set --' : closeScript,
    names,
    beforeCode: onTerminal && terminal?.type === 'own' ? [`__rs_leave=${shellQuote(leaveTerminal)}`] : [],
  });
}

/** Sessions begin in the home of their user, wherever blocks have gone since. */
export function fromHome(folder: string): string {
  if (folder.startsWith('/') || /^~(?:\/|$)/.test(folder)) return folder;
  return `~/${folder}`;
}
