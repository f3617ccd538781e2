// Owns the table of third-party packages: the one place in src/ that may import each.

/** Package to the files, or folders ending in `/`, that may import it. Everything else goes through them. */
export const owners: Readonly<Record<string, readonly string[]>> = {
  '@inquirer/core': ['src/surfaces/prompt/inquirer-prompter.ts'],
  '@inquirer/prompts': ['src/surfaces/prompt/inquirer-prompter.ts'],
  '@lydell/node-pty': ['src/engine/processes/pseudo-terminal.ts'],
  '@xterm/headless': ['src/surfaces/tui/output/'],
  commander: [
    'src/cli/line/add-answers.ts',
    'src/cli/line/add-history.ts',
    'src/cli/line/create-program.ts',
    'src/cli/fixed-answers.ts',
    'src/cli/main.ts',
    'src/cli/line/complete.ts',
    'src/cli/line/help.ts',
    'src/cli/line/man-page.ts',
  ],
  diff: ['src/run/files/render-change.ts'],
  execa: [
    'src/engine/processes/account-name.ts',
    'src/engine/processes/keygen.ts',
    'src/engine/processes/process-tree.ts',
    'src/engine/processes/run-strict-command.ts',
    'src/surfaces/edit-text.ts',
    'src/surfaces/notify/channels/command-channel.ts',
  ],
  'fastest-levenshtein': ['src/text/closest-name.ts'],
  'function-timeout': ['src/text/bounded-match.ts'],
  'github-slugger': ['src/runbook/steps/name-steps.ts', 'src/runbook/headings/outline.ts'],
  hast: ['src/view/prose/highlight-code.ts'],
  'highlight.js': ['src/view/prose/highlight-code.ts'],
  ignore: ['src/engine/disk/find-markdown.ts'],
  ink: ['src/surfaces/tui/screen/', 'src/surfaces/tui/terminal/draw-with-ink.tsx'],
  lowlight: ['src/view/prose/highlight-code.ts'],
  mdast: ['src/runbook/', 'src/view/', 'src/surfaces/'],
  'mdast-util-from-markdown': [
    'src/runbook/markdown/empty-comment.ts',
    'src/runbook/markdown/parse-structure.ts',
  ],
  'mdast-util-gfm': ['src/runbook/markdown/parse-structure.ts'],
  'mdast-util-gfm-footnote': ['src/runbook/markdown/parse-structure.ts'],
  'mdast-util-gfm-table': ['src/runbook/markdown/parse-structure.ts'],
  'mdast-util-gfm-task-list-item': ['src/runbook/markdown/parse-structure.ts'],
  'mdast-util-to-string': ['src/runbook/markdown/parse-structure.ts'],
  'micromark-extension-gfm': ['src/runbook/markdown/parse-structure.ts'],
  'micromark-extension-gfm-footnote': ['src/runbook/markdown/parse-structure.ts'],
  'micromark-extension-gfm-table': ['src/runbook/markdown/parse-structure.ts'],
  'micromark-extension-gfm-task-list-item': ['src/runbook/markdown/parse-structure.ts'],
  'micromark-util-combine-extensions': ['src/runbook/markdown/parse-structure.ts'],
  nodemailer: ['src/surfaces/notify/channels/email-channel.ts'],
  // Everything else of the full screen is of no framework.
  react: ['src/surfaces/tui/screen/', 'src/surfaces/tui/terminal/'],
  'remark-gfm': ['src/view/prose/parse-prose.ts'],
  'remark-parse': ['src/view/prose/parse-prose.ts'],
  standardwebhooks: ['src/surfaces/notify/channels/webhook-channel.ts'],
  'string-width': ['src/text/display-width.ts', 'src/text/render-diagnostic.ts'],
  sucrase: ['src/engine/interpreters/strip-types.ts'],
  unified: ['src/view/prose/parse-prose.ts'],
  unist: ['src/runbook/'],
  valibot: [
    'src/runbook/front-matter/channels/channel-schema.ts',
    'src/runbook/front-matter/channels/telling-entries.ts',
    'src/runbook/front-matter/front-matter-schema.ts',
    'src/runbook/front-matter/written-values.ts',
    'src/surfaces/headless/wire-changes.ts',
    'src/surfaces/headless/wire-kind.ts',
    'src/surfaces/headless/wire-reason.ts',
    'src/surfaces/headless/wire-record.ts',
    'src/surfaces/headless/wire-result.ts',
    'src/surfaces/headless/wire-subject.ts',
    'src/surfaces/headless/wire-telling.ts',
  ],
  '@valibot/to-json-schema': ['src/runbook/front-matter/front-matter-json-schema.ts'],
  yaml: ['src/runbook/front-matter/parse-inputs-file.ts', 'src/runbook/front-matter/read-yaml.ts'],
};

/**
 * Modules of Node that have owners too. execa starts what needs no descriptors of ours; left to Node itself are live
 * shells, ssh and terminals, the watchdog, and what every run starts, for which execa would be loaded.
 */
export const nodeOwners: Readonly<Record<string, readonly string[]>> = {
  'node:child_process': [
    'src/cli/load/digest-of-runbook.ts',
    'src/engine/machines/',
    'src/engine/output/pipe-pool.ts',
    'src/engine/processes/process-identity.ts',
    'src/engine/processes/start-process.ts',
    'src/engine/processes/watchdog.ts',
    'src/engine/shells/bash/live-bash.ts',
    'src/surfaces/keep-terminal.ts',
  ],
};
