// Owns telling whether one command, by its words, can run something beside the commands that are allowed.
import type { AllowedCommands, Escape } from './allowed-commands.ts';

/** What shells have themselves, in any dialect. */
const builtins: ReadonlySet<string> = new Set(
  (
    ': . [ [[ (( alias bg break builtin caller cd command continue declare dirs disown echo eval exec exit export ' +
    'false fg getopts hash jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return ' +
    'set shift shopt source suspend test time times trap true type typeset ulimit umask unalias unset wait ' +
    'if then elif else fi case esac for select while until do done function coproc in { } ! print setopt unsetopt ' +
    'whence integer float emulate'
  ).split(' '),
);

/** They change what a name runs, or run code that nobody reads here. */
const refused: ReadonlySet<string> = new Set(
  'enable compgen complete compopt bind fc zmodload autoload sched zle'.split(' '),
);
const shells = /^(?:sh|bash|zsh|dash|ash|ksh|mksh|fish|rbash)$/;
const naming = /^(?:declare|typeset|export|local|readonly|unset|integer|float|let)$/;
const wrapping =
  /^(?:command|builtin|exec|env|sudo|doas|nohup|nice|ionice|timeout|time|stdbuf|setsid|chronic)$/;

/** Whether it is the name of a shell. */
export const isShellName = (name: string): boolean => shells.test(name);

/** Whether the words behind the name are names of variables. */
export const isNaming = (name: string): boolean => naming.test(name);

/** The index of the word that a shell takes for code; one behind the last where there is none. */
export function codeWordOf(words: readonly string[]): number {
  const option = words.findIndex((word, index) => index > 0 && /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word));
  return option === -1 ? words.length : option + 1;
}

type FoundEscape = Omit<Escape, 'start'>;

/**
 * Why a command cannot be shown to run only what is allowed. `isBuilt` tells of a word, by its index, whether values
 * are put into it.
 */
export function escapeOfWords(
  words: readonly string[],
  isBuilt: (index: number) => boolean,
  allowed: AllowedCommands,
): readonly FoundEscape[] {
  const [name = ''] = words;
  if (name.includes('/')) {
    if (allowed.isAllowedPath(name)) return [];
    return [unproven(`runs \`${name}\` by its path`)];
  }
  if (!builtins.has(name) && !allowed.isThere(name))
    return [
      refused.has(name)
        ? unproven(`changes what commands are, by \`${name}\``)
        : { type: 'unknown-command', why: name },
    ];
  if (allowed.isStub(name)) return wrapping.test(name) ? pathsBehind(words, allowed) : [];
  return [...ownEscape(name, words, isBuilt, allowed), ...behindWrapper(name, words, isBuilt, allowed)];
}

/** A stand-in of `sudo` may run what it is given, which the folder of commands decides on; a path is none of these. */
function pathsBehind(words: readonly string[], allowed: AllowedCommands): readonly FoundEscape[] {
  const first = words.slice(1).find((word) => !/^-|^\w+=/.test(word));
  return first?.includes('/') && !allowed.isAllowedPath(first)
    ? [unproven(`runs \`${first}\` by its path`)]
    : [];
}

function ownEscape(
  name: string,
  words: readonly string[],
  isBuilt: (index: number) => boolean,
  allowed: AllowedCommands,
): readonly FoundEscape[] {
  const rest = words.slice(1);
  const has = (pattern: RegExp): boolean => rest.some((word) => pattern.test(word));
  if (
    naming.test(name) ||
    (name === 'printf' && rest[0] === '-v') ||
    /^(?:read|getopts|mapfile|readarray)$/.test(name)
  ) {
    const index = rest.findIndex(
      (word, at) => /^[^=]*[$`\\{]/.test(word) && !/^-\w*[pPd]$|^--?\w*rompt$/.test(rest[at - 1] ?? ''),
    );
    const isOnlyValue = name === 'printf' && index > 1;
    const isRead = name === 'read' && rest[index]?.startsWith('-');
    if (index !== -1 && !isOnlyValue && !isRead)
      return [unproven(`sets a variable whose name is \`${rest[index]}\``)];
  }
  if (name === 'hash' && rest.length > 0 && !has(/^-r$/))
    return [unproven('says where a command is, by `hash`')];
  if (/^(?:mapfile|readarray)$/.test(name) && has(/^-\w*C/))
    return [unproven(`calls back, by \`${name} -C\``)];
  if (name === 'emulate' && has(/^-\w*c/)) return [unproven('runs a text as code, by `emulate`')];
  if (name === 'command' && has(/^-[a-zA-Z]*p/))
    return [unproven("takes the system's own folders, by `command -p`")];
  if (name === 'exec' && has(/^-[a-z]*c/)) return [unproven('empties the environment, by `exec -c`')];
  if (name === 'env' && has(/^(?:-|-[a-zA-Z]*[iSuP].*|--(?:ignore-environment|split-string|unset).*)$/))
    return [unproven('changes the environment, by `env`')];
  if ((name === '.' || name === 'source') && !allowed.isAllowedPath(rest[0] ?? ''))
    return [unproven(`reads in \`${rest[0] ?? ''}\` as code`)];
  const built = builtCode(name, rest, (index) => isBuilt(index + 1));
  return built === undefined ? [] : [unproven(built)];
}

/** Code that is put together out of values. */
function builtCode(
  name: string,
  rest: readonly string[],
  isBuilt: (index: number) => boolean,
): string | undefined {
  if (name === 'eval' && rest.some((_, index) => isBuilt(index)))
    return 'runs code that values are put into, by `eval`';
  if (name === 'trap' && isBuilt(0)) return 'runs code that values are put into, by `trap`';
  if (name === 'alias' && rest.some((word, index) => isBuilt(index) || /=.*\//.test(word)))
    return 'gives a command another name, by `alias`';
  // Also one that `xargs` or `find` is given to run.
  const shell = [name, ...rest].findIndex((word) => shells.test(word));
  if (shell === -1) return undefined;
  const at = shell + codeWordOf([name, ...rest].slice(shell));
  return isBuilt(at - 1)
    ? `runs code that values are put into, by \`${[name, ...rest][shell]} -c\``
    : undefined;
}

/** `command`, `exec`, `sudo` and their kind run what stands behind their options. */
function behindWrapper(
  name: string,
  words: readonly string[],
  isBuilt: (index: number) => boolean,
  allowed: AllowedCommands,
): readonly FoundEscape[] {
  if (!wrapping.test(name)) return [];
  const rest = words.slice(1);
  if (name === 'command' && /^-[vV]+$/.test(rest[0] ?? '')) return [];
  const at = rest.findIndex((word) => !/^-/.test(word) && !/^\w+=/.test(word));
  if (at === -1) return [];
  // What it is cannot be told where options have values of their own: the first word may be one.
  if (isBuilt(at + 1) && /^(?:command|builtin|exec|env)$/.test(name))
    return [unproven(`runs \`${rest[at]}\`, which is not known before`)];
  if (!/^(?:command|builtin|exec)$/.test(name)) return [];
  return escapeOfWords(rest.slice(at), (index) => isBuilt(index + at + 1), allowed);
}

function unproven(why: string): FoundEscape {
  return { type: 'unproven', why };
}
