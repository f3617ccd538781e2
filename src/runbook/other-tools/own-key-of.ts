// Owns what other tools call the keys of a page's front matter, and what a runbook has instead.
import { guardWord, holdsBackByName, squashed } from './guard-words.ts';

/** Where keys stand: in the front matter itself, in one of its inputs, in one of its groups of people. */
export type KeyPlace = 'page' | 'input' | 'approval';

const tables: Readonly<Record<KeyPlace, Readonly<Record<string, string>>>> = {
  page: {
    inputs:
      'vars variables variable parameters parameter params param arguments args input-variables prompts var variable-defaults questions secret secrets credentials',
    env: 'environment envs env-vars environment-variables exports env-file',
    approvals:
      'approval approver approvers require-approval requires-approval required-approvers approval-groups sign-off signoff gates gate approved-by four-eyes',
    notify: 'notification notifications notifies alerts alert slack channels webhook webhooks notify-on',
    escalation: 'escalations escalate escalation-policy escalation-rules on-timeout',
    errexit:
      'strict strict-mode set-e fail-fast pipefail continue-on-error ignore-errors stop-on-error exit-on-error abort-on-error any-errors-fatal keep-going',
    concurrency: 'lock locks mutex exclusive singleton parallel max-parallel single-instance no-overlap',
    hosts: 'host servers server inventory targets target machines hostgroups host-groups delegate-to runs-on',
    interpreters: 'interpreter runtimes runners kernels languages-map executors',
    shell: 'default-shell shell-type executable',
    cwd: 'workdir work-dir dir working-directory working-dir chdir root-dir base-dir',
    outputs: 'returns results result exports-to output-variables',
    estimate: 'eta estimated-time expected-duration estimated-duration time-estimate',
    accept: 'accepted accepts acknowledge ignore-warnings',
  },
  input: {
    choices: 'options values enum allowed allowed-values choice select one-of',
    pattern: 'regex regexp validate validation match matches format',
    required: 'mandatory optional require needed',
    secret: 'sensitive mask masked password hidden secure no-log private',
    description: 'prompt label help text question message title summary about',
    default: 'value default-value initial fallback',
    when: 'if only-if condition unless depends-on show-if',
    type: 'kind datatype data-type',
  },
  approval: {
    people: 'approvers approver members users user groups team who reviewers person',
    count: 'min minimum required number quorum needed approvals min-approvals',
    timeout: 'deadline expires expiry max-time ttl time-limit after wait',
    'on-timeout': 'on-expire on-deadline if-late otherwise fallback',
  },
};

const byKey: Readonly<Record<KeyPlace, ReadonlyMap<string, string>>> = {
  page: meanings(tables.page),
  input: meanings(tables.input),
  approval: meanings(tables.approval),
};

function meanings(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([own, words]) =>
      words.split(' ').map((word) => [squashed(word), own] as const),
    ),
  );
}

/** The key of ours that a key of another tool means there. */
export function ownKeyOf(key: string, place: KeyPlace): string | undefined {
  return byKey[place].get(squashed(key));
}

/** Attributes of blocks, which guard nothing in front matter. */
const ofBlocks: ReadonlySet<string> = new Set(
  'timeout retries interval confirm approve when check risk onfailure expect exit capture capture-json tags'.split(
    ' ',
  ),
);

/** Whether a key is a guard of blocks, by our name or by another tool's. */
export function guardsBlocks(key: string): boolean {
  return ofBlocks.has(squashed(key)) || guardWord(key) !== undefined;
}

/** Words for whether anything is to run at all, where they are conditions. */
const conditions: ReadonlySet<string> = new Set(
  'if onlyif onlywhen runif runwhen when unless notif skipif skipwhen skipunless exceptwhen condition requireapproval requiresapproval'.split(
    ' ',
  ),
);

/** Of those for what is not to run, the ones that say so by `false`. */
const permissions = /^(?:run|exec|execute|executable|eval|enabled?|runnable|autorun|autoexecute)$/;

/**
 * Whether a key with this value can only mean that the whole page is not to run as it is: `dry-run: true`,
 * `requires-approval: dba`, `enabled: false`. A page that only shows things has nothing of the kind.
 */
export function holdsBack(key: string, value: unknown): boolean {
  const word = squashed(key);
  const text = String(value).toLowerCase();
  if (conditions.has(word)) return typeof value === 'string' && !/^(?:false|no|)$/.test(text);
  if (permissions.test(word)) return /^(?:false|no|never|off)$/.test(text);
  return /^(?:true|yes|always)$/.test(text) && (/^(?:confirm|approve)$/.test(word) || holdsBackByName(key));
}

/** What pages hold for those who show, list and own them; nothing of it is about running. */
const metadata: ReadonlySet<string> = new Set(
  `author authors date weight layout parent nav-order navorder permalink slug aliases alias keywords categories category
  summary sidebar-label sidebar-position sidenav toc image draft status version revision lang language id uid type kind
  name section section-title owners reviewers reviewer review last-reviewed last-reviewed-on last-updated lastmod updated
  created review-in review-date expiry team contact oncall service component components audience docs-area content-type
  redirect-from menu link-title linktitle url hook order state project function chapter key cover output template theme
  css head hide hide-table-of-contents icon level priority related related-repos min-kubernetes-server-version runme
  skip-prompts skipprompts terminalrows tag jupyter kernelspec jupytext myst bibliography source references links schema
  labels environment-name environments requires license copyright comments published feature-state`
    .split(/\s+/)
    .map(squashed),
);

export function isMetadata(key: string): boolean {
  return metadata.has(squashed(key)) || /^(?:ms|hugo|og|seo|docs?|date|owner|x)[-_.]/i.test(key);
}
