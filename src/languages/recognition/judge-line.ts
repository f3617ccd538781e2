// Owns the guess what one line of a block is that may be shell code: a command, or what else.

import { isKnownProgram } from '../commands/command-table.ts';
import { isShellForm } from './is-shell-form.ts';
import { looksLikeCommand } from './looks-like-command.ts';
import { isElision, isRowOfTable, isSynopsis, type Shape, shapeOfLine } from './shape-of-line.ts';

export type LineVerdict =
  /** A command that is known, or written as only commands are. */
  | 'command'
  /** It can be a command of a program that nobody knows. */
  | 'perhaps'
  /** Blank, a comment, brackets. */
  | 'nothing'
  /** It stands for what is left out. */
  | 'elision'
  | Shape;

const builtins = new Set(
  `set unset eval exec trap wait read printf test true false return shift local declare typeset alias unalias type
  command builtin let umask ulimit pushd popd hash bg fg jobs disown shopt mapfile readarray logout time nohup nice doas
  timeout watch if for while until case select function then else elif fi do done esac [ [[ (( ! sudo su rpm id groups
  getent stat file find sort uniq wc cut tr diff patch less more man which dmesg w who last kubectl-ctx runsheet
  Rscript VBoxManage Xvfb`.split(/\s+/),
);

/** What programs answer with, alone on a line. */
const answers =
  /^(?:active|inactive|enabled|disabled|healthy|unhealthy|running|stopped|ok|okay|pong|succeeded|failed|ready|none|null|success|done)$/;

const englishWords =
  /(?:^|\s)(?:the|is|are|was|were|has|have|been|of|and|with|will|this|that|should|must|you|your|it)(?=\s|$)/g;

/** A path alone where no programs are kept: `/var/lib/etcd   # its data`. */
const dataAlone = /^(?:\/(?:etc|var|proc|sys|dev|boot|mnt|media)\/|~\/\.)[\w./-]+(?:\s+#.*)?$/;
const holdsPrograms =
  /\/(?:s?bin|libexec|init\.d|rc\w*\.d|[\w-]*hooks?(?:\.d)?|scripts?|cron\.\w+|www)\/|\.(?:sh|py|pl|rb|js|php|run)(?:\s|$)/;

/** Guesses what a line is that a command could begin on. */
export function judgeLine(line: string): LineVerdict {
  const text = line.trim();
  if (text === '' || /^[{}()[\]]+;?$/.test(text)) return 'nothing';
  if (isElision(text)) return 'elision';
  if (text.startsWith('#')) return 'nothing';
  if (isShellForm(text)) return 'command';
  const shape = shapeOfLine(text);
  if (shape !== undefined) return shape;
  if (isSynopsis(text)) return 'a synopsis';
  return judgeFirstWord(text);
}

function judgeFirstWord(text: string): LineVerdict {
  const [first = ''] = text.split(/\s+/, 1);
  if (dataAlone.test(text) && !holdsPrograms.test(text)) return 'text';
  // A path alone may be a program, and what a program prints.
  if (/^~?\/[\w./-]+$/.test(text) && !/\.sh$/.test(text)) return 'perhaps';
  const isAssignment = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/.test(text);
  if (isAssignment || looksLikeCommand(text) || builtins.has(first) || isKnownProgram(first))
    return saysOtherwise(text) ? 'text' : 'command';
  if (/^(?:function )?[\w-]+\s*\(\)\s*(?:[{(]|$)/.test(text)) return 'command';
  // Expansions, redirections and files, with and without quotes.
  if (
    /^(?:"?\$[\w({@]|`|\d?>{1,2}\s*[\w/~$]|<\s|<<-?\s*['"]?\w|\. \S|"[^"]*[$/][^"]*"(?:\s|$)|\\\w+$|\\(?:rm|cp|mv|ls)\s|\()/.test(
      text,
    )
  )
    return 'command';
  if (/[:：,]$/.test(first)) return /^[\w."'/-]+:$/.test(first) ? 'YAML' : 'text';
  if (/^[A-Z][a-z]+-[A-Z]\w+$/.test(first)) return 'another language';
  if (/^[A-Z][\w-]*$/.test(first) && /\s(?:"?\$[\w{(@]|--?[A-Za-z])/.test(text)) return 'perhaps';
  if (/^[A-Z]/.test(first)) return /^[A-Z][A-Z0-9_%()-]*\s+[A-Z(]/.test(text) ? 'a table' : 'text';
  if (/^\d/.test(first)) return /^(?:7za?|2to3)$/.test(first) ? 'perhaps' : 'a listing';
  if (!/^(?:[a-z_][\w.+@-]*|<[^>\s]+>|[\w.@-]+(?:\/[\w.@-]+)+)$/.test(first)) return 'text';
  if (/\s--?[A-Za-z]|[|&;]|\s\d?>{1,2}\s*\S|\$[\w({]|\\$/.test(text) && !saysOtherwise(text))
    return 'command';
  if (isRowOfTable(text)) return 'a table';
  const unquoted = text.replace(/"[^"]*"|'[^']*'/g, '""');
  if (/\s\S*[^\s$"'\\]\(|\s\(|\s[\w.-]+:(?:\s|$)/.test(unquoted)) return 'text';
  if (answers.test(text) || /^[\w./-]+\.(?:ya?ml|json|conf|toml|txt|md)$/.test(text)) return 'a listing';
  return saysOtherwise(text) ? 'text' : 'perhaps';
}

/** Whether a line reads like a sentence, or a title. */
function saysOtherwise(written: string): boolean {
  const text = written.replace(/\s#.*$/, '');
  if (/^\w[\w ]*:$/.test(text) && !/^(?:echo|printf)\s/.test(text)) return true;
  if (/["'$|<>=\\]/.test(text)) return false;
  const words = text.split(/\s+/).length;
  const english = text.match(englishWords)?.length ?? 0;
  return words > 3 && english >= 2 && !/\s-/.test(text);
}
