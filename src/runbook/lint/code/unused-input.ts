// Owns the hint that an input is asked for and nothing of the page uses it.
import { span } from '../../../text/span.ts';
import type { Runbook } from '../../runbook.ts';
import { allBlocks, type LintRule } from '../lint-rule.ts';

/** What programs read from their environment by themselves. */
const readByPrograms =
  /^(?:PATH|HOME|USER|SHELL|TERM|LANG|LC_\w+|TZ|EDITOR|PAGER|CI|\w*_?PROXY|KUBE\w+|PG[A-Z]+|(?:AWS|AZURE|ARM|GOOGLE|GCP|CLOUDSDK|DOCKER|COMPOSE|ANSIBLE|TF|VAULT|CONSUL|NOMAD|GIT|GH|GITHUB|GITLAB|MYSQL|MARIADB|REDISCLI|RESTIC|HELM|NPM|ETCDCTL|SSH|SSL|S?SH|PYTHON|NODE|JAVA|HCLOUD|OS|SOPS|AGE|OP|BW|B2|RCLONE|BORG|DIGITALOCEAN|CLOUDFLARE|PULUMI|FLY)_\w+)$/i;

/** A script of the author's own reads what it wants, and nobody can see that here. */
const runsOwn =
  /(?:^|[\s;&|("'`])(?:\.{0,2}\/[\w./-]*\w|[\w./-]+\.(?:sh|bash|zsh|py|rb|js|mjs|ts|pl|php)|make|just|task|rake|npm|npx|pnpm|yarn|env|printenv|envsubst|terraform|tofu|ansible\S*|docker[ -]compose|export[ \t]+-p|compgen|eval|source)(?=$|[\s;&|)"'`])/m;

export const unusedInput: LintRule = {
  code: 'unused-input',
  severity: 'hint',
  summary: 'an input is asked for, and nothing on the page uses it',
  explanation:
    'An operator is asked for a value that changes nothing, or the place that should use it has another name. Uses are `$NAME` and `{{NAME}}` in code, conditions, messages and other inputs, and what a heading hands to a linked page, `with.NAME=`. A page that runs scripts of its own, and names that programs read by themselves (`AWS_PROFILE`, `KUBECONFIG`), are left alone.',
  examples: {
    good: [
      '---\ninputs: { SITE: {} }\n---\n\n## Steps\n\n```sh\ncurl "$SITE"\n```\n',
      '---\ninputs: { SITE: {} }\n---\n\n## Steps {when="test $SITE = a"}\n\n```sh\ndate\n```\n',
      '---\ninputs: { SITE: {}, PORT: { default: { command: port-of $SITE } } }\n---\n\n## Steps\n\n```sh\ncurl "$PORT"\n```\n',
      '---\ninputs: { SITE: {} }\n---\n\n## Steps\n\n```sh\n./deploy.sh\n```\n',
      '---\ninputs: { KUBECONFIG: { type: path } }\n---\n\n## Steps\n\n```sh\nkubectl get pods\n```\n',
      '---\ninputs: { SITE: {} }\n---\n\n## Steps\n\nTell the owner of $SITE.\n',
    ],
    bad: ['---\ninputs: { SITE: {} }\n---\n\n# About SITE\n\n## Steps\n\n```sh\ndate\n```\n'],
  },
  check: (runbook) => {
    const { source, frontMatter } = runbook;
    if (frontMatter.template !== undefined) return [];
    const declared = frontMatter.inputs.filter(
      (input) =>
        input.file === undefined && input.placeholder === undefined && !readByPrograms.test(input.name),
    );
    if (declared.length === 0) return [];
    const blocks = allBlocks(runbook).filter(({ block }) => block.runnable);
    // Without a block it is a page for people, who use what they were asked for as they see fit.
    if (blocks.length === 0 || blocks.some(({ block }) => runsOwn.test(block.code))) return [];
    const written = textOfUses(runbook);
    const filled = new Set(blocks.flatMap(({ block }) => block.placeholders.map(({ variable }) => variable)));
    return declared
      .filter(({ name }) => !filled.has(name) && !new RegExp(`(?<!\\w)${name}(?!\\w)`).test(written))
      .map((input) => ({
        code: unusedInput.code,
        severity: unusedInput.severity,
        message: `nothing on this page uses the input \`${input.name}\``,
        span: input.span ?? span(0, Math.max(0, source.text.indexOf('\n'))),
        help: `write \`$${input.name}\` where its value belongs, or take the input out`,
      }));
  },
};

/**
 * All of the page in which a name may be used: whole blocks, with their attributes, headings, and values of the front
 * matter; of prose only what looks like a variable.
 */
function textOfUses(runbook: Runbook): string {
  const { text } = runbook.source;
  const end = /^---[^\S\n]*\r?\n[\s\S]*?\n---[^\S\n]*(?:\r?\n|$)/.exec(text)?.[0].length ?? 0;
  const blocks = allBlocks(runbook).flatMap(({ block }) => [block.info, block.code]);
  const variables = text.slice(end).match(/\$\{?\w+|\{\{.*?\}\}|\{[^{}\n]*\}/g) ?? [];
  // A name is declared as a key; used it stands in a value.
  const frontMatter = text.slice(0, end).match(/\$\{?\w+|\{\{.*?\}\}|\bwith\.\w+/g) ?? [];
  return [...blocks, ...variables, ...frontMatter].join('\n');
}
