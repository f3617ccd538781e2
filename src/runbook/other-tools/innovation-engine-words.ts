// Owns what becomes of the forms of Innovation Engine, one by one, as its documentation has them.
import type { ToolWord } from './tool-word.ts';

/** Comments, blocks, links and files. */
export const innovationEngineWords: readonly ToolWord[] = [
  {
    word: '<!-- expected_similarity=0.8 -->',
    reading: 'read',
    note: 'before the block that shows the output; before prose it checks nothing, which is a warning',
  },
  {
    word: '<!-- expected_similarity="regex" -->',
    reading: 'as',
    note: '`expect=/regex/`, in the syntax of JavaScript: `/hello/i` and not `(?i)hello`, `\\d` and not `[[:digit:]]`',
  },
  {
    word: '<!-- expected_results=1.0 -->',
    reading: 'no',
    note: 'it checks nothing there either; it is a warning, as every guard in a comment is',
  },
  {
    word: 'azurecli, azurecli-interactive',
    reading: 'as',
    note: 'blocks of the shell',
  },
  {
    word: 'terraform',
    reading: 'no',
    note: 'such a block is text: it holds the configuration of Terraform; commands are labelled `sh`',
  },
  {
    word: '## Prerequisites',
    reading: 'read',
    note: 'a link alone, in a list or as a heading runs its page first, unless its validation holds already; one in running text does not',
  },
  {
    word: 'export NAME=value',
    reading: 'read',
    note: 'a shell block hands variables on to the next ones; `--set NAME=…`, `--var` there, gives another value',
  },
  {
    word: '<!-- ```variables … -->',
    reading: 'as',
    note: '`inputs:` with these defaults, for lines `export NAME=value`; nothing in a value is expanded, nothing in a comment runs',
  },
  {
    word: 'NAME.ini next to the page',
    reading: 'as',
    note: '`inputs:` with these defaults, for the names that the page reads as variables; the environment stands over them',
  },
];
