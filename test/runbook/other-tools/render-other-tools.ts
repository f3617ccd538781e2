// Owns the page docs/other-tools.md, made from the tables, so that the two cannot drift apart.
import { guardWords } from '../../../src/runbook/other-tools/guard-words.ts';
import { innovationEngineWords } from '../../../src/runbook/other-tools/innovation-engine-words.ts';
import { runmeWords } from '../../../src/runbook/other-tools/runme-words.ts';
import type { ToolWord } from '../../../src/runbook/other-tools/tool-word.ts';

const readings: Readonly<Record<ToolWord['reading'], string>> = {
  read: 'read',
  as: 'read as',
  no: 'not read',
};

const cell = (text: string) => text.replaceAll('|', '\\|');
/** Code that may hold backticks. */
const code = (text: string) => (text.includes('`') ? `\`\`\`\` ${text} \`\`\`\`` : `\`${text}\``);

function tableOf(words: readonly ToolWord[]): string {
  const rows = words.map(
    ({ word, reading, note }) => `| ${cell(code(word))} | ${readings[reading]} | ${cell(note)} |`,
  );
  return ['| there | here | |', '|---|---|---|', ...rows].join('\n');
}

export function renderOtherTools(): string {
  return `# Pages of other tools

Pages that were written for other tools run as they are where their words mean the same here. What is not read is said
below; a word that would guard a block and does not is an error or a warning, never silence. This page is made from the
tables in \`src/runbook/other-tools\`.

## Runme, in the braces of a cell

As pairs and as JSON.

${tableOf(runmeWords.cell)}

## Runme, in front matter

${tableOf(runmeWords.document)}

## Runme, files beside a page

${tableOf(runmeWords.files)}

## Innovation Engine

${tableOf(innovationEngineWords)}

## Guards

What other tools call a guard or its like is an error on a block or heading; letter case, \`-\` and \`_\` do not count.
Outside braces, in a class (\`.skip\`) and in a comment before a block it is a warning.

| here | there |
|---|---|
${guardWords()
  .map(({ here, words }) => `| ${cell(here)} | ${words.map((word) => `\`${word}\``).join(' ')} |`)
  .join('\n')}

## MkDocs, Pandoc, Docusaurus

- \`\` \`\`\`{.sh name=drain timeout=30s} \`\` is the same as \`\` \`\`\`sh {name=drain timeout=30s} \`\`. Pandoc and MkDocs
  (with \`attr_list\` and \`pymdownx.superfences\` or \`fenced_code\`) show it as code, which they do not do with braces
  behind the language.
- In pages that are read as MDX, the braces of a heading are code of JavaScript, so that attributes there do not
  compile. Those of blocks do: write them there.
- The tabs of each are the ways of a choice; \`<Tabs>\` of Docusaurus needs blank lines around the code in it, as there.
  What MkDocs has indented by four behind \`=== "Tab"\`, \`! note\` and \`??? note\` is read as it is there.
`;
}
