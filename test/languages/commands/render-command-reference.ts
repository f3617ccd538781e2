// Owns the page docs/commands.md, made from the table of commands, so that the two cannot drift apart.
import { commandTable } from '../../../src/languages/commands/command-table.ts';
import type { KnownProgram, Launch } from '../../../src/languages/commands/known-program.ts';

const introduction = `# What is known of commands

This page is made from the table that the tool itself uses (\`src/languages/commands\`). It decides the
[risk](format.md#2-code-blocks) of blocks in sections that only look, what a rehearsal leaves out, what runs before the
gate, and what \`runsheet check\` says of a command.

A command that is not here, or here without the words that a block gives it, is what it says of itself: it changes
something where its name (\`./restart-api.sh\`), one of its first three words (\`company-cli service restart web\`,
\`tool apps:destroy\`) or an option (\`tool --apply\`) is a verb that does, and destroys where it is \`delete\`, \`destroy\`,
\`purge\`, \`wipe\`, \`drop\`, \`erase\`, \`rm\` or \`truncate\`; not where a verb of looking comes before (\`tool get deleted\`,
\`./check-restart.sh\`), or with an option such as \`--dry-run\`. What says nothing is neither taken for a look nor for a
change.

Commands are read as the shell reads them: words in comments, texts, here-documents and arguments of \`echo\` or \`grep\`
are no commands. They are read through what runs them (\`sudo\`, \`env\`, \`xargs\`, \`find -exec\`, \`ssh\`, \`sh -c\`,
\`docker exec\`, \`kubectl exec … --\`, see "runs" below), in substitutions, loops and functions that are called, in
here-documents and texts that are fed to a shell, and in the SQL that is given to a client of a database. A redirection
into a file changes something, unless the file is \`/dev/null\` or its like, or was made by \`mktemp\` in the same block.
\`--help\` and \`--version\` only look.

In a pattern, \`a|b\` is the next argument that is no option, \`*\` any text, \`...\` any number of arguments, \`$\` their end,
\`-x|--long\` an option anywhere, \`!-x\` its absence, \`<\` that something is piped or redirected into the command. Of the
patterns that fit, the one that says most counts, and of two that say as much, the worse.
`;

const effects = [
  ['looks', 'looks'],
  ['prepares', 'signs in or chooses where commands go'],
  ['changes', 'changes'],
  ['destroys', 'destroys'],
  ['spares', 'only looks, whatever else it is given'],
  ['neverEnds', 'never ends'],
  ['wantsTerminal', 'wants a terminal'],
  ['opensSession', 'opens a session'],
] as const;

/** The whole page. */
export function renderCommandReference(): string {
  const rooms = commandTable.map(({ title, programs }) =>
    [`## ${title}\n`, '| program | what it does | with |', '|---|---|---|', ...programs.flatMap(rowsOf)].join(
      '\n',
    ),
  );
  return `${[introduction, ...rooms].join('\n')}\n`.replace(/\n## /g, '\n\n## ').replace(/\n{3,}/g, '\n\n');
}

function rowsOf(program: KnownProgram): string[] {
  const names = program.name.split(' ').map(code).join(', ');
  const rows = effects.flatMap(([key, words]) => {
    const patterns = program[key]?.split(/,\s+|,$/).filter((pattern) => pattern !== '') ?? [];
    return patterns.length === 0 ? [] : [[words, patterns.map(code).join(', ')]];
  });
  for (const launch of program.launches ?? []) rows.push(['runs', launchWords(launch)]);
  if (program.reads !== undefined) rows.push(['reads', `${given[program.reads]} from what is fed to it`]);
  return rows.map(([effect, words], index) => `| ${index === 0 ? names : ''} | ${effect} | ${words} |`);
}

const given = {
  command: 'a command',
  code: 'shell code',
  'code-word': 'shell code in one word',
  sql: 'SQL',
  mongo: 'a script for MongoDB',
  script: 'code of its language',
  words: 'commands of its own',
  arguments: 'its own arguments, line by line,',
} as const;

function launchWords({ gives, behind, inOption, onlyWith, notWith, isParted }: Launch): string {
  return [
    given[gives],
    behind !== undefined && `behind ${code(behind)}`,
    isParted && `behind ${code('--')}`,
    inOption !== undefined && `in ${code(inOption.replaceAll(' ', '|'))}`,
    onlyWith !== undefined && `with ${code(onlyWith.replaceAll(' ', '|'))}`,
    notWith !== undefined && `without ${code(notWith.replaceAll(' ', '|'))}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
