// Owns what becomes of the words of Runme, one by one, as its documentation has them.

import type { ToolWord } from './tool-word.ts';

/** In the braces of a cell, as pairs and as JSON. */
const cell: readonly ToolWord[] = [
  { word: 'background', reading: 'read', note: 'the block is started, and the run goes on' },
  { word: 'category', reading: 'as', note: '`tags`, for `--tag`' },
  {
    word: '$__, $CELL',
    reading: 'no',
    note: '`capture=NAME` on a block hands its output on; `$__` is a doubt, and a block named `CELL` sets no variable',
  },
  { word: 'closeTerminalOnSuccess', reading: 'no', note: 'it is about the terminals of an editor' },
  { word: 'cwd', reading: 'read', note: 'from the folder of the page, or from its `cwd:`' },
  {
    word: 'excludeFromRunAll',
    reading: 'as',
    note: 'the block runs only where it is chosen by its name, `--step NAME`',
  },
  { word: 'id', reading: 'no', note: 'a block is addressed by its name' },
  { word: 'ignore', reading: 'as', note: '`run=false`' },
  {
    word: 'interactive',
    reading: 'read',
    note: '`true` hands the whole terminal over, so that an unattended run waits there; Runme writes it of cells that ask nothing, too',
  },
  {
    word: 'interpreter',
    reading: 'read',
    note: 'what runs the block whatever its label, with its arguments',
  },
  { word: 'mimeType', reading: 'no', note: 'output is text' },
  { word: 'name', reading: 'read', note: 'the address of the block; other characters become `-`' },
  {
    word: 'promptEnv',
    reading: 'no',
    note: 'what is to be given is an input; `export NAME=[What to ask]` is asked for',
  },
  { word: 'skipPrompts', reading: 'no', note: '`--yes` answers the questions of a run' },
  { word: 'tag', reading: 'as', note: '`tags`' },
  { word: 'terminalRows', reading: 'no', note: 'it is about the terminals of an editor' },
  { word: 'transform', reading: 'no', note: 'it is about how an editor shows the cell' },
];

/** In the front matter of a page. */
const document: readonly ToolWord[] = [
  { word: 'category', reading: 'no', note: 'it is about the lists of an editor' },
  { word: 'cwd', reading: 'read', note: 'where the blocks of the page run, from its folder' },
  { word: 'runme', reading: 'no', note: 'the identity and version of the page in Runme' },
  { word: 'shell', reading: 'read', note: 'the shell of blocks labelled `sh`, `shell` and `console`' },
  { word: 'skipPrompts', reading: 'no', note: '`--yes` answers the questions of a run' },
  { word: 'tag', reading: 'no', note: 'write `tags:`' },
  { word: 'terminalRows', reading: 'no', note: 'it is about the terminals of an editor' },
];

/** Files beside a page. */
const files: readonly ToolWord[] = [
  {
    word: '.env, .env.local',
    reading: 'no',
    note: 'no run is given values unasked: `--inputs .env`, for what `inputs:` declares; `check` hints at it',
  },
  { word: '.env.example', reading: 'no', note: 'write `inputs:`, with their descriptions' },
  { word: 'runme.yaml', reading: 'no', note: 'it is about the server and the filters of Runme' },
];

/** Runme's own words, of a cell and of a document, and its files. */
export const runmeWords = { cell, document, files };
