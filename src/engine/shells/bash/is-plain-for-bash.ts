// Owns which blocks no script could be told from when a fork of another shell runs them.
import { type ListedTrap, listedTraps } from '../../../languages/shell/listed-traps.ts';
import type { ShellState } from '../../../languages/shell/shell-state.ts';
import type { ShellJob } from '../shell-job.ts';

/** Words that ask what shell they are in, that ask for what only a shell of one's own has, or that run other text. */
const words = new RegExp(
  String.raw`\b(?:${[
    'alias bg bind break builtin caller command compgen complete coproc declare dirs disown enable eval exec exit export',
    'fc fg getopts hash help history jobs kill let logout mapfile popd pushd readonly return set shift shopt source suspend',
    'time times trap type typeset ulimit unalias unset until wait function select local BASH\\w* DIRSTACK ENV FUNCNAME GROUPS',
    'HISTCMD IFS LINENO OPTIND PIPESTATUS POSIXLY_CORRECT PPID PS4 PWD OLDPWD RANDOM REPLY SECONDS SHELLOPTS SHLVL TMOUT',
  ]
    .join(' ')
    .split(' ')
    .join('|')})\b`,
);
/** Parameters of the shell itself, also where `for` goes through them unsaid, jobs, matches, `.` as a command, names of ours. */
const signs =
  /\$[$!?@*#\d_-]|\$\{[$!?@*#\d_-]|%|=~|(?:^|[;&|({\s])\.\s|~[-+\d]|__rs|\bfor\s+\w+(?!\w|\s+in\b)/m;

/** What a state may hold beside what every shell has: it only matters to blocks that are not plain. */
const harmless: ReadonlySet<string> = new Set(['arguments', 'clock', 'exit-trap', 'folder-stack', 'status']);

/** What was found of functions and aliases last: they are the same for most blocks. */
let known: { readonly functions: string; readonly aliases: string; readonly isPlain: boolean } | undefined;

export function isPlainForBash({
  code,
  state,
  keepState,
}: Pick<ShellJob, 'code' | 'state' | 'keepState'>): boolean {
  return keepState && isPlainText(code) && isPlainState(state);
}

const isPlainText = (text: string): boolean => !words.test(text) && !signs.test(text);

/** What was found of traps last. */
let knownTraps = { text: '', arePlain: true };

/** Signals may be trapped: what runs then is text like that of a block. */
function arePlainTraps(text: string): boolean {
  if (knownTraps.text !== text) {
    const traps = listedTraps(text.replaceAll(/^\\builtin trap /gm, 'trap '));
    const isPlain = ({ action, signal }: ListedTrap): boolean =>
      signal !== 'ERR' && signal !== 'RETURN' && isPlainText(action);
    knownTraps = { text, arePlain: traps.every(isPlain) };
  }
  return knownTraps.arePlain;
}

/** True where a shell in this state can be forked for plain blocks. */
export function isPlainState({ functions, aliases, functionNames, options, more }: ShellState): boolean {
  for (const [kind, text] of more)
    if (!harmless.has(kind) && !(kind === 'traps' && arePlainTraps(text))) return false;
  for (const option of [
    'set:xtrace',
    'set:verbose',
    'set:posix',
    'shopt:extdebug',
    'set:errtrace',
    'set:functrace',
  ])
    if (options.has(option)) return false;
  if (known?.functions !== functions || known.aliases !== aliases) {
    const text = `${functions}\n${aliases}`;
    const isPlain =
      !/\$\$|\$\{?!|\b(?:trap|BASH\w*|FUNCNAME|caller|exit|exec|source|eval|builtin|command|ulimit|set|shopt|kill|jobs|wait|LINENO|PIPESTATUS|REPLY)\b|(?:^|[;&|({\s])\.\s/m.test(
        text,
      ) && functionNames.every((line) => !line.startsWith('declare -fr'));
    known = { functions, aliases, isPlain };
  }
  return known.isPlain;
}
