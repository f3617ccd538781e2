// Owns the warning that a shell cannot read a block that it would be given.
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { visibleText } from '../../text/visible-text.ts';
import { askOfScripts, isPlain, type ShellScript, shellScripts, spanOfLine } from './shell-scripts.ts';

/**
 * `-n` reads and executes nothing; without extended patterns bash would take `!(a)` for a slip. Eight are asked at a
 * time, each telling into a file of its own, so that no line of one is cut by another.
 */
const askEach = [
  'n=0; for f in *; do',
  'case $f in *.bash) bash -O extglob -n "$f";; *.zsh) zsh -fn "$f";; *.dash) dash -n "$f";; esac >"$f.told" 2>&1 &',
  'n=$((n + 1)); [ $((n % 8)) -ne 0 ] || wait; done; wait; cat ./*.told',
].join('\n');

const told = /^(\d+)\.(?:bash|zsh|dash):(?: line)? ?(\d+): (.*)$/;
const hereDocument = /^warning: (here-document) at line (\d+) (delimited by end-of-file \(wanted .*\))$/;

/** What was said of code before, for a page that is looked at again and again while it is written. */
const known = new Map<string, { readonly line: number; readonly words: string } | undefined>();
const mostKnown = 5000;

/** A warning for each block; shells that are not installed say nothing. */
export function shellSyntax(runbook: Runbook): readonly Diagnostic[] {
  const scripts = shellScripts(runbook).filter(({ code }) => !isPlain(code));
  const open = scripts.filter((script) => !known.has(keyOf(script)));
  if (open.length > 0) ask(open);
  return scripts.flatMap((script) => {
    const found = known.get(keyOf(script));
    if (found === undefined) return [];
    const words = visibleText(found.words.replace(/`([^'\n]*)'/g, '`$1`'));
    const token = /(?:token|near) `([^\n]*)'$/.exec(found.words)?.[1];
    const isOpen = /end.of.file|EOF|matching|unterminated|unmatched/i.test(found.words);
    return [
      {
        code: 'shell-syntax',
        severity: 'warning',
        message: `${script.shell} cannot read this: ${words}`,
        span: spanOfLine(runbook, script.block, found.line, token),
        ...(isOpen && { help: 'each block is a script of its own, and closes what it opens' }),
      },
    ];
  });
}

function ask(scripts: readonly ShellScript[]): void {
  if (known.size > mostKnown) known.clear();
  for (const script of scripts) known.set(keyOf(script), undefined);
  for (const line of askOfScripts(scripts, askEach).split('\n')) {
    const [, index = '', at = '', words = ''] = told.exec(line) ?? [];
    const script = scripts[Number(index || '-1')];
    if (script === undefined || known.get(keyOf(script)) !== undefined) continue;
    const [, what, start, why] = hereDocument.exec(words) ?? [];
    known.set(
      keyOf(script),
      start === undefined ? { line: Number(at), words } : { line: Number(start), words: `${what} ${why}` },
    );
  }
}

function keyOf({ shell, code }: ShellScript): string {
  return `${shell}\n${code}`;
}
