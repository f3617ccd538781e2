// Owns what every code of a diagnostic about a runbook means, for `explain`.
import { linkCodes } from './content/link-codes.ts';
import { doubtKinds } from './doubts/doubt-kinds.ts';
import { diagnosticCodeOf } from './doubts/make-doubt.ts';
import { suppressionCodes } from './lint/apply-suppressions.ts';
import { lintRules } from './lint/lint-runbook.ts';

export interface DiagnosticCode {
  readonly code: string;
  /** One line, lower case. */
  readonly summary: string;
  /** Why it matters and what to do; Markdown, with examples where they help. */
  readonly explanation: string;
}

/** Codes of the text and parser floors; the codes of lint rules are with their rules. */
const parserCodes: readonly DiagnosticCode[] = [
  {
    code: 'attribute-outside-braces',
    summary: 'an attribute is outside braces and has no effect',
    explanation:
      'Attributes follow the language in braces, so that they cannot be mistaken for those of other tools:\n\n    ```sh {timeout=30s}\n\nWithout braces, `timeout=30s` would guard nothing. On a heading they are the last thing, in braces too: `### Drop it (approve=2)` asks nobody.',
  },
  {
    code: 'attribute-syntax',
    summary: 'the attributes of a block cannot be read',
    explanation:
      'Attributes are names and values in braces. Values with spaces are quoted, and everything that is opened is closed:\n\n    ```sh {name=drain timeout=30s confirm="Drain it now?"}\n\nJSON is read too: `{"name":"drain"}`.',
  },
  {
    code: 'background-option',
    summary: 'a block in the background has a word about what it prints',
    explanation:
      'A run does not wait for a block with `background`: what it prints is kept, but `expect` compares nothing with it, and `capture` hands nothing of it on. A guard that guards nothing is refused. Let a later block look, as often as it takes:\n\n    ```sh {background}\n    ./server >server.log\n    ```\n\n    ```sh {retries=10 interval=1s}\n    grep "listening on" server.log\n    ```\n\n`timeout`, `exit`, `retries` and `on-failure` hold in the background, too.',
  },
  {
    code: 'bad-attribute-value',
    summary: 'an attribute has a value that it cannot have',
    explanation:
      'The message says what is expected. Durations have units (`500ms`, `30s`, `5m`, `1h30m`), because a bare number could be seconds or milliseconds. Lists are separated by commas without blanks.',
  },
  {
    code: 'bad-similarity',
    summary: 'an `expected_similarity` comment cannot be read, or no block follows it',
    explanation:
      'The comment comes right before the block that shows the output, and holds a number from 0 to 1 or a regular expression in double quotes:\n\n    <!-- expected_similarity=0.8 -->\n\nA comment that is silently ignored would check nothing.',
  },
  {
    code: 'binary-file',
    summary: 'the file holds NUL bytes, so it is not valid text',
    explanation: 'A runbook is a Markdown file. Check that the right file was named.',
  },
  {
    code: 'braces-in-mdx',
    summary: 'a page that a site reads as MDX has attributes on a heading',
    explanation:
      'MDX, and so Docusaurus, reads braces in a heading as a JavaScript expression, and `{timeout=30s}` does not compile. Braces after the language of a block are left alone: write the attributes there. The hint comes for `.mdx` files, and where a `docusaurus.config.*` lies above the page.',
  },
  {
    code: 'braces-in-mkdocs',
    summary: 'a page of a MkDocs site has braces after the language of a block',
    explanation:
      'Python-Markdown, and so MkDocs, shows such a fence as text. This form means the same, and is shown as code there and by Pandoc:\n\n    ```{.sh name=drain timeout=30s}\n\nThe hint comes where a `mkdocs.yml` lies above the page.',
  },
  {
    code: 'configuration-name',
    summary: 'a configuration file has a name by which it is not read',
    explanation:
      'A configuration is `runsheet.yaml`, or `runsheet/config.yaml` in `$XDG_CONFIG_HOME` or `~/.config`. What stands in a `runsheet.yml` would hold for nothing, without a word; while there is one, and no `runsheet.yaml` beside it, nothing is run.',
  },
  {
    code: 'configuration-owner',
    summary: 'a configuration file above the runbook belongs to somebody else',
    explanation:
      '`runsheet.yaml` names programs that are run. One that a stranger put into a folder above yours, such as `/tmp`, is not used: its owner must be you, the system, or the owner of the runbook.',
  },
  {
    code: 'configuration-value',
    summary: 'a key of a configuration file has a value that it cannot have',
    explanation:
      'The message says what is expected. A configuration file holds extra words for sections, programs for languages, channels for notifications, `log` as in front matter, a key to `sign` records with, folders of `templates` for `runsheet new`, and `errexit: false` where shell blocks are to go on after a failing command:\n\n    sections:\n      rollback: [Plan B]\n    interpreters:\n      go: [go, run]\n    channels:\n      ops: { command: [notify-send, Runbook] }\n      pager: { pagerduty: "${PD_KEY}" }\n      chat: { slack: "#ops", token: "${SLACK_TOKEN}" }\n    templates: [docs/runbook-templates]\n    sign: { key: ~/.ssh/id_ed25519, allowed-signers: ./allowed_signers }\n\nA channel is of the type that its key says: `slack`, `teams`, `discord`, `pagerduty`, `email`, `webhook` or `command`. The nearest `runsheet.yaml` in the folder of the runbook or above it is used, and below it `runsheet/config.yaml` in `$XDG_CONFIG_HOME` or `~/.config`. While something is wrong in one of them, nothing is run.',
  },
  {
    code: 'configuration-yaml',
    summary: 'a configuration file is not valid YAML',
    explanation: 'The place is where reading YAML failed; the mistake is there or just before it.',
  },
  {
    code: 'duplicate-attribute',
    summary: 'an attribute is written twice',
    explanation:
      'It is not clear which of the two is meant. Only `expect` may be repeated: then all of them must hold.',
  },
  {
    code: 'duplicate-name',
    summary: 'two blocks or steps have the same `name`',
    explanation:
      'A name is an address: results are written to it, `--step` selects by it, and a resumed run finds its place with it. Give one of the two another name.',
  },
  {
    code: 'file-attribute',
    summary: 'attributes of a block that writes a file do not go together',
    explanation:
      'With `file=PATH` a block is what the file is to hold, and no command is run. Attributes that are about a command (`check`, `capture`, `exit`, `expect`, `retries`, `interactive`, `background`) mean nothing for a file; `insert`, `set`, `mode`, `owner` and `validate` mean nothing without `file`:\n\n    ```nginx {file=/etc/nginx/conf.d/app.conf mode=0644 validate="nginx -t"}\n\nAn attribute that is silently ignored would guard nothing.',
  },
  {
    code: 'send-attribute',
    summary: 'an attribute means nothing on a block that sends a message, or contradicts it',
    explanation:
      'A block with `send=` is a message to channels, not a command: an attribute about commands, hosts or files would be a guard that guards nothing. `when`, `confirm`, `approve`, `risk` and `on-failure` hold. How long a channel may take, and how often it is tried again, is set with the channel in `runsheet.yaml`.',
  },
  {
    code: 'front-matter-place',
    summary: 'lines at the top read like front matter and are none',
    explanation:
      'Front matter begins on the first line of a page with `---` and ends with the next line `---`. Behind a blank line or a comment, or without its last line, it is text like any other: required inputs, approvals, users, limits and all else that it says would be none, and nobody would be told.\n\n    ---\n    inputs: { TARGET: { required: true } }\n    ---\n\n    # Delete old data',
  },
  {
    code: 'front-matter-value',
    summary: 'a key of the front matter has a value that it cannot have',
    explanation: 'The message says what is expected. Keys of other tools are left alone, whatever they hold.',
  },
  {
    code: 'front-matter-yaml',
    summary: 'the front matter is not valid YAML',
    explanation:
      'The text between the `---` lines at the start of the file is YAML. Texts that contain `: ` or begin with one of `[{&*!|>%@` are quoted.',
  },
  {
    code: 'guard-in-comment',
    summary: 'a guard is in a comment before a block, where it has no effect',
    explanation:
      'Some tools read `<!-- skip -->` or `<!-- timeout=30 -->` before a block. Here attributes follow the language, in braces:\n\n    ```sh {run=false}\n\nThe one comment that is read is `<!-- expected_similarity=0.8 -->`, right before the block that shows the output.',
  },
  {
    code: 'idle-attribute',
    summary: 'attributes on a heading that would do nothing',
    explanation:
      'Attributes on a heading are those of its step and of the blocks in it. The heading of a section with steps of its own, a title, and a heading within a step are no steps, so that a guard there would be none. A step that a person does runs nothing: `when`, `check`, `confirm`, `approve`, `risk`, `on-failure`, `estimate`, `tags` and `notify` hold there, `timeout=` and its like cannot.',
  },
  {
    code: 'misspelt-section',
    summary: 'a heading is nearly a word of a section',
    explanation:
      'A section is found by its words. `Rolback` is not one of them: read as written, its commands would be a step, and would run right after what they undo. A heading that is nearly `Rollback` or `Verification` is therefore an error, and nothing runs until it is corrected; where another section is likely meant (`Prerequisits`), it is a warning, and the heading is read as any other.\n\n`runsheet print` shows what every heading opens. A word of your own is made a section by front matter: `sections: { rollback: [Plan B] }`.',
  },
  {
    code: 'nested-too-deeply',
    summary: 'lists and quotes are nested too deeply to be read',
    explanation:
      'A line can be in at most 100 lists and quotes, the marker of the last one before column 500. Nobody reads a page that is nested like that; it was probably not written by hand.',
  },
  {
    code: 'not-utf8',
    summary: 'the file is not encoded as UTF-8',
    explanation:
      'Results are written into the file byte by byte, so its encoding must be known. Save it as UTF-8.',
  },
  {
    code: 'second-output',
    summary: 'a second `output` block follows a block that is compared with one',
    explanation:
      '`expect=output` compares what a block prints with the `output` block after it. A second one would look as if it were compared, and would not be. Put all that is printed into one block; what is only shown is labelled `text`.',
  },
  {
    code: 'torn-region',
    summary: 'a result region is opened and never closed',
    explanation:
      'Results are between `<!-- runsheet:result … -->` and `<!-- /runsheet:result -->`. If one of the two is missing, the tool cannot know what is its own and leaves everything alone. Remove what is left.',
  },
  {
    code: 'unclosed-fence',
    summary: 'a code block is never closed',
    explanation:
      'It takes in everything up to the end of the file, or of its list or quote, so that it is not clear what its code is. A run refuses to run such a block.',
  },
  {
    code: 'unknown-attribute',
    summary: 'an attribute is unknown: misspelt, a guard of another tool, or a word without effect',
    explanation:
      'A guard that is misspelt, or that only another tool knows (`if=`, `skip`, `max-time=`, `require-approval`, `become`), would be no guard, so that a run refuses; the message says what is written here instead. Any other word is a warning. What only says how a site shows the block (`title=`, `hl_lines=`, `{.no-copy}`) is left alone.',
  },
  {
    code: 'unknown-channel',
    summary: 'a runbook sends messages to a channel that is not configured',
    explanation:
      '`notify`, `escalation` and `updates` name channels; `runsheet.yaml` says what they are (see `configuration-value`), because it is different for everybody who runs the runbook. The run is refused, because it would be found out only when a message is due.',
  },
  {
    code: 'unknown-configuration-key',
    summary: 'a configuration file has a key that means nothing',
    explanation:
      'The file belongs to this tool alone, so an unknown key is a mistake. See `configuration-value`.',
  },
  {
    code: 'unknown-front-matter-key',
    summary:
      'a key of the front matter is unknown: misspelt, of another tool, or the end of a text that was cut',
    explanation:
      'Keys of other tools are allowed: what a site or an owner keeps in a page is left alone. One that is close to a key of ours, that another tool has for one (`vars`, `approvers`, `continue-on-error`), or that guards a block and would guard nothing here (`timeout:`) is an error where the page has a key that only this tool knows, such as `inputs`, or where it can only mean that the page is not to run as it is (`dry-run: true`, `requires-approval: dba`, `enabled: false`, `if: …`). What is only a warning is told when a run begins, too. A key that is the rest of a text in braces, cut at a comma, is a warning: `{ description: Where it goes, on a disk }` has a key `on a disk`, and with quotes around the text it has not.',
  },
  {
    code: 'unknown-language',
    summary: 'a block says `run`, and it is not known what runs its language',
    explanation:
      'Declare what runs it in the front matter; the file with the code is added at the end:\n\n    interpreters: { lua: [lua5.4] }',
  },
];

/** Codes of what the list of a block can be wrong about. */
const loopCodes: readonly DiagnosticCode[] = [
  {
    code: 'each-list',
    summary: 'the list of a block with `each=` is missing, cannot be read, or has one item',
    explanation:
      'A block with `each=NAME` is run once for each item of a list, with the item in the variable NAME:\n\n    ```sh {each=NODE of="node1 node2 node3"}\n    ```sh {each=NODE of=$NODES}\n    ```sh {each=POD each-from="kubectl get pods -o name"}\n\nItems of `of=` are separated by blanks; `of=$NAME` takes them from an input, or from what a block captures; a command prints one a line. No item may be in a list twice. A list of one item is reported, because it is usually a list that was written with commas.',
  },
  {
    code: 'each-option',
    summary: 'an attribute does not fit a block with `each=`, or has no meaning without it',
    explanation:
      'The list of a block is `of=` or `each-from=`, one of them, and `parallel` and `must-pass` are about its items. A block is run for items or on hosts, not for both; what takes the terminal or goes on in the background is run once. The variable of the items is none that the page or a shell uses already. On a heading `each=` holds for the one block of its step: several blocks would each go over the whole list before the next.',
  },
  {
    code: 'each-outside',
    summary: 'a block without a list uses an item',
    explanation:
      'The variable of `each=NAME` is set while its own block runs, and nowhere else: an undo that says `rm -r "/srv/$NAME"` would find it empty. An undo or validation of the step that says `each=NAME`, with no list of its own, runs for the items of the step; under a heading with `each=` it need not even say that. What a block behind the list is to have, it hands on by `capture`.',
  },
  {
    code: 'each-unused',
    summary: 'a block is run for each item of a list and does not use the item',
    explanation:
      'It would do the same each time. The item is a variable of the environment: `"$NAME"` in a shell, `os.environ["NAME"]` in Python, `{{NAME}}` in every language that has placeholders.',
  },
];

/** Codes of what the hosts of a block can be wrong about. */
const hostCodes: readonly DiagnosticCode[] = [
  {
    code: 'empty-hosts',
    summary: 'a group of hosts is empty',
    explanation:
      'A block that names it would run nowhere. Groups stand in the front matter:\n\n    hosts:\n      web: [web1, web2]',
  },
  {
    code: 'host-language',
    summary: 'a block in a language that runs on this machine only has `host=`',
    explanation:
      'SQL and `http` blocks reach their servers over the network by themselves, from this machine. To run the client on another host, call it in a shell block there.',
  },
  {
    code: 'host-name',
    summary: 'a host has a name that cannot be one',
    explanation:
      'Hosts are called as `ssh` calls them: a name of `~/.ssh/config`, an address, `user@host`. A name is one word and does not begin with `-`. Variables are not filled in; a command can say where a block runs:\n\n    ```sh {hosts-from="echo $TARGET"}',
  },
  {
    code: 'host-option',
    summary: 'an attribute about hosts does not fit the block',
    explanation:
      '`parallel` and `hosts-must-pass` are about the hosts of `host=` or `hosts-from=`, of which a block has one. A block in the background runs on this machine, and an interactive one on a single host, for there is a single terminal.',
  },
  {
    code: 'user-option',
    summary: 'a block that cannot run as another user has `user=`',
    explanation:
      '`user=postgres` runs a block as that account, by sudo or what `run-as` in `runsheet.yaml` says. SQL and `http` blocks reach their servers from here as the operator, and so does what runs in the background: call the client in a shell block, and start what stays as a service of that user.',
  },
  {
    code: 'unknown-host-group',
    summary: 'the name of a host looks like a misspelt group',
    explanation:
      'A name in `host=` that is no group of the front matter is taken for a host. This one is very close to a group.',
  },
];

const lintCodes: readonly DiagnosticCode[] = lintRules.map(({ code, summary, explanation, examples }) => ({
  code,
  summary,
  explanation: [
    explanation,
    ...examples.bad.slice(0, 1).map((example) => `Found in:\n\n${indent(example)}`),
    ...examples.good.slice(0, 1).map((example) => `Not in:\n\n${indent(example)}`),
  ].join('\n\n'),
}));

const placeholderCodes: readonly DiagnosticCode[] = [
  {
    code: 'placeholder-without-value',
    summary: 'a placeholder such as `<namespace>` has no value, and nobody can be asked',
    explanation:
      'A guided run asks for each placeholder once. An unattended run takes its value from `--set namespace=…`, from the file of `--inputs`, or from the row of a table in the runbook whose columns are a name and a default. The code is never run as it is written: to a shell, `<namespace>` reads a file.',
  },
  {
    code: 'unread-env-file',
    summary: 'a block reads a variable of a `.env` file next to the page',
    explanation:
      'Other tools load `.env` and `.env.local` by themselves. Here nothing gives a run values that nobody asked for: declare the variable under `inputs:`, and name the file, `--inputs .env`. Values from it are then shown before the run and recorded, secrets as such.',
  },
  {
    code: 'unset-output',
    summary: 'a chosen block needs a variable that only a block sets which is not chosen',
    explanation:
      'A block hands a variable on by `capture=NAME`, or by writing `NAME=value` to `$RUNSHEET_OUTPUT`. With `--step`, `--from` or `--tag` that block may be left out; the blocks that read the variable would then run with an empty text in its place. Choose it as well, set the variable in the environment, or write what an empty one means: `${NAME:-none}`.',
  },
  {
    code: 'unfillable-placeholder',
    summary: 'a placeholder at a place where no value can be put safely',
    explanation:
      'A value is handed over as a variable, so that nothing in it is ever read as code. In most places of shells, SQL and requests the tool can write that variable itself: in words, in quotes, in here-documents. Inside `${…}`, between backticks in quotes, in code of Python or JavaScript it cannot. Declare an input and read that:\n\n    inputs: { NAMESPACE: { description: where it runs } }\n\nand write `"$NAMESPACE"` in a shell, `os.environ["NAMESPACE"]` in Python. A run that chooses such a block is refused before anything runs.',
  },
];

const doubtCodes: readonly DiagnosticCode[] = doubtKinds.map(({ code, summary, help, explanation }) => ({
  code: diagnosticCodeOf(code),
  summary,
  explanation: `${explanation}\n\nTo settle it: ${help}. A guided run asks about it. A run without a person is refused, but with \`--accept ${code}\`, or \`accept: [${code}]\` in the front matter; the record says so then.`,
}));

/** Every code that a runbook can be diagnosed with, in alphabetical order. */
export const diagnosticCodes: readonly DiagnosticCode[] = [
  ...parserCodes,
  ...linkCodes,
  ...placeholderCodes,
  ...loopCodes,
  ...hostCodes,
  ...lintCodes,
  ...suppressionCodes,
  ...doubtCodes,
  {
    code: 'dead-link',
    summary: 'a link leads to a file that does not exist',
    explanation:
      'The path of a link starts at the folder of its page. Links whose last part has no ending may be pages of a site, and are not looked at.',
  },
  {
    code: 'shell-syntax',
    summary: 'a shell cannot read a block that it would be given',
    explanation:
      'bash, zsh and dash read the block as a run would give it to them, and execute nothing (`bash -n`). It is not an error, because an alias or an option of the run could make sense of it. Each block is a script of its own: an `if` of one is not closed by the `fi` of another. Shells that are not installed report nothing, and neither does a comment that silences this.',
  },
  {
    code: 'shellcheck',
    summary: 'ShellCheck warns about something in a shell block',
    explanation:
      'Where `shellcheck` is installed it reads the blocks for bash and dash, and its warnings are shown with their own codes, which its wiki explains. Warnings that make no sense for a script in several pieces are left out, such as variables that another block sets, and what a run takes care of, such as a `cd` that fails. `# shellcheck disable=SC2086` in the code is heeded; `check: { rules: { shellcheck: off } }` in `runsheet.yaml` turns this off.',
  },
  {
    code: 'unknown-rule',
    summary: 'the configuration has a rule for an unknown code',
    explanation:
      '`check: { rules: … }` of `runsheet.yaml` names codes of `check`; `runsheet explain` lists them.',
  },
].sort((left, right) => (left.code < right.code ? -1 : 1));

function indent(example: string): string {
  return example
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
