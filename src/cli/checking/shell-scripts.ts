// Owns the shell blocks of a page as files that other programs read and never execute.
import { basename } from 'node:path';
import { askOfFiles } from '../../engine/processes/ask-of-files.ts';
import { languageOf } from '../../languages/languages.ts';
import { fillPlaceholders } from '../../languages/placeholders/fill-placeholders.ts';
import { allBlocks, commandsOf } from '../../runbook/lint/lint-rule.ts';
import { openingSpan, spanOfCode } from '../../runbook/lint/span-of-text.ts';
import type { Block, Runbook } from '../../runbook/runbook.ts';
import type { Span } from '../../text/span.ts';

/** Shells that can be asked whether they understand a script. */
const readers = ['bash', 'zsh', 'dash'] as const;

/** A block as its shell is given it, every placeholder a variable; its lines are those of the block's commands. */
export interface ShellScript {
  readonly block: Block;
  readonly shell: (typeof readers)[number];
  readonly code: string;
}

/** The blocks that a run would hand to a shell, without those of which it is open whether they are commands. */
export function shellScripts(runbook: Runbook): readonly ShellScript[] {
  const { shell: own = 'bash', interpreters } = runbook.frontMatter;
  return allBlocks(runbook).flatMap(({ step, block }) => {
    const { attributes, language = 'sh', runnable, closed } = block;
    const { interpreter, file, send } = attributes;
    const known = languageOf(language);
    const doubts = [...(step.doubts ?? []), ...(block.doubts ?? [])];
    const isOther = interpreter !== undefined || file !== undefined || send !== undefined;
    if (!runnable || !closed || isOther || known?.family !== 'shell' || Object.hasOwn(interpreters, language))
      return [];
    if (doubts.some(({ code }) => code === 'output-as-code' || code === 'unlabelled')) return [];
    const name = known.id === 'sh' ? basename(own) : known.id;
    const shell = readers.find((reader) => reader === name);
    if (shell === undefined) return [];
    const commands = commandsOf(block);
    const { code, problems } = fillPlaceholders(
      commands,
      { label: language, shell: own, interpreters },
      ({ variable }) => variable,
    );
    const isSame = code.split('\n').length === commands.split('\n').length;
    return problems.length === 0 && isSame ? [{ block, shell, code }] : [];
  });
}

/** What a program says of scripts, each `0.bash`, `1.zsh` and so on, in a folder of theirs; see `askOfFiles`. */
export function askOfScripts(scripts: readonly ShellScript[], command: string): string {
  const files = scripts.map(({ shell, code }, index) => ({ name: `${index}.${shell}`, text: code }));
  return askOfFiles(files, command);
}

/** The place of a line of a script, counted from 1; of a piece of text in it where it holds that once. */
export function spanOfLine(runbook: Runbook, block: Block, line: number, piece?: string): Span {
  const lines = commandsOf(block).split('\n');
  const text = lines[line - 1] ?? '';
  if (text.trim() === '') return openingSpan(runbook, block);
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const found = piece ? text.indexOf(piece) : -1;
  if (piece && found !== -1 && text.indexOf(piece, found + 1) === -1)
    return spanOfCode(runbook, block, before + found, before + found + piece.length);
  const indent = text.length - text.trimStart().length;
  return spanOfCode(runbook, block, before + indent, before + text.trimEnd().length);
}

/** Words and closed quotes, which every shell understands: most blocks are no more, and then no shell is started. */
export function isPlain(code: string): boolean {
  return code.split('\n').every((line) => {
    if (/^[ \t]*#/.test(line)) return true;
    const left = line
      .replace(/"(?:[^"\\`$]|\$\w+|\$\{\w+\})*"|'[^']*'|\$\w+|\$\{\w+\}/g, 'x')
      .replace(/(?<=\S)[ \t](?:\||&&|>>?)[ \t](?=[\w./])/g, ' x ')
      .replace(/(?<=\S)[ \t]+\\$/, '');
    return /^[\w./:=@,+%^?*~[\] \t-]*$/.test(left) && !keyword.test(left);
  });
}

const keyword =
  /(?:^|[ \t])(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|select|function|time|coproc|in|foreach|end|repeat|nocorrect)(?=[ \t]|$)/;
