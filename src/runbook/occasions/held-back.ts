// Owns what stands at a block, in another tool's manner, and says that it is not run.
import type { Code } from 'mdast';
import { shorten } from '../../text/shorten.ts';
import { parseFenceInfo } from '../attributes/parse-fence-info.ts';
import { startOfLine } from '../markdown/end-of-line.ts';
import { startOf } from '../markdown/parse-structure.ts';
import { holdsBackByName } from '../other-tools/guard-words.ts';

/** In UTF-16 code units before a block. */
const longestComment = 300;

/** A comment right before a block, an option at its top, or a word behind its language; in words for whoever is asked. */
export function heldBack(text: string, node: Code, info: string): string | undefined {
  return wordInInfo(info) ?? optionAtTop(node.value) ?? commentBefore(text, startOfLine(text, startOf(node)));
}

/** `bash skip`, `bash eval=no`, Org's `:eval no`, Jupytext's `tags=["skip-execution"]`, a class such as `.skip`. */
function wordInInfo(info: string): string | undefined {
  // Nothing stands behind the language of nearly all blocks.
  if (/^[\w+-]*$/.test(info)) return undefined;
  const org = /(?<=\s):(?:noeval|eval\s+(?:no|never|query)(?:-export)?)(?=\s|$)/.exec(info)?.[0];
  if (org !== undefined) return `behind its language stands \`${org}\``;
  const { outside, strays, attributes } = parseFenceInfo(info, 0, info.length);
  const word = outside.find(({ name, value }) => isHeldBack(name, value));
  if (word !== undefined)
    return `behind its language stands \`${info.slice(word.nameStart, word.valueEnd)}\``;
  const classOf = strays.find(({ text }) => text.startsWith('.') && isHeldBack(text.slice(1), undefined));
  if (classOf !== undefined) return `it has the class \`${classOf.text}\``;
  const tags = [...outside, ...attributes].find(({ name }) => name === 'tags')?.value ?? '';
  const tag = /\bskip-(?:execution|tests?)\b|\bno-?(?:exec|execute|eval|run)\b/.exec(tags)?.[0];
  return tag && `it has the tag \`${tag}\``;
}

function isHeldBack(name: string, value: string | undefined): boolean {
  const isNo = value !== undefined && /^["']?(?:no|false|off|never|0)["']?$/i.test(value);
  if (/^(?:run|eval|exec|execute|executable|runnable|enabled?)$/i.test(name)) return isNo;
  return !isNo && holdsBackByName(name);
}

/** Quarto's `#| eval: false`, and what tools that test the commands of a page leave out. */
function optionAtTop(code: string): string | undefined {
  const top = code.split('\n', 4).join('\n');
  const [option] =
    /^#\s?\|\s*(?:eval|execute):\s*(?:false|no)\b.*$/im.exec(top) ??
    /#\s*(?:byexample|doctest|cram|clitest):[^\n]*\+?\bskip\b[^\n]*/i.exec(top) ??
    [];
  return option && `\`${option.trim()}\` says that it is not run`;
}

function commentBefore(text: string, line: number): string | undefined {
  const before = text.slice(Math.max(0, line - longestComment), line);
  // The pattern looks for a beginning first, and most blocks have no comment before them.
  if (!/[>})"'][ \t]*\r?\n\s*$/.test(before)) return undefined;
  const [, html, mdx, link] =
    /(?:<!--[-\s]*((?:(?!-->)[^\n])*?)[-\s]*-->|\{\/\*\s*((?:(?!\*\/)[^\n])*?)\s*\*\/\}|(?<=^|\n)\[[^\]\n]*\]:\s*(?:#|<>)\s*[("']([^\n]*)[)"'])[ \t]*\r?\n\s*$/.exec(
      before,
    ) ?? [];
  const comment = html ?? mdx ?? link;
  return comment !== undefined && saysNotToRun(comment)
    ? `the comment before it says \`${shorten(comment)}\``
    : undefined;
}

/** Behind the name of a tool: `$MDX skip`, `pytest.mark.skip`, `byexample: +skip`. */
const ofTool =
  /^[$@:]?(?:[\w-]+[\s:.]+){0,2}[+:]?(?:skip(?:-execution|-tests?)?|no-?(?:run|eval|exec|execute|execution|test))\s*:?$/i;

function saysNotToRun(comment: string): boolean {
  return (
    (/^[\w-]+$/.test(comment) && holdsBackByName(comment)) ||
    ofTool.test(comment) ||
    /\b(?:do not|don['’]t|never|not to be|should not be|not meant to be|must not be) (?:run|execut)|\b(?:only (?:an|for) (?:example|illustration)|example only|for illustration|commented out|outdated|obsolete|deprecated)\b/i.test(
      comment,
    )
  );
}
