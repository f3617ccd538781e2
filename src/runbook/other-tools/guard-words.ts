// Owns what other tools call guards and their like, and what a runbook has instead.

/** Words of other tools that mean one thing, and what is written here. */
interface GuardWords {
  /** What is meant: an attribute, as it would be written. */
  readonly meant?: string;
  /** What to do where no attribute says it. */
  readonly advice?: string;
  /** Lower case, words joined by `-`, separated by blanks. */
  readonly words: string;
  /** They are written without a value, too, so that one alone in the braces of a heading is no part of its title. */
  readonly areFlags?: true;
}

/**
 * Grown from Ansible, GitHub Actions, GitLab, Rundeck, Runme, Innovation Engine, Atuin, braintree/runbook, Org-Babel,
 * Jupyter and its like, mdsh, Docker, systemd, curl and make. None of them is an attribute here.
 */
const table: readonly GuardWords[] = [
  {
    meant: 'when',
    words:
      'if only-if only-when run-if run-when if-true condition conditions cond guard predicate where whenever enabled-if enable-if enabled-when applies-if applies-when window maintenance-window schedule not-before between freeze platform platforms os arch only-on only only-for rules branch branches predicates assert-before expr if-env',
  },
  {
    meant: 'when="! …"',
    words:
      'unless not-if not-when skip-if skip-when skip-unless except except-when except-if if-not when-not ignore-if ignore-when exclude-if disabled-if disable-if',
  },
  {
    meant: 'check',
    words:
      'creates idempotent only-once run-once once done-if done-when already-done skip-if-exists unless-exists if-not-exists not-if-exists cache cached is-done skip-if-done status-check test-before up-to-date probe',
  },
  {
    meant: 'run=false',
    areFlags: true,
    words:
      'skip skipped skipping ignore ignored disable disabled enabled enable no-run noexec dont-run do-not-run not-run never-run noeval eval execute executable runnable exclude excluded autorun auto-execute example sample illustrative skip-execution skip-test skip-tests no-execute never dry-run check-mode no-op draft wip todo inactive deactivated off commented docs-only display-only show-only no-auto skip-ci no-test freeze-cell exclude-from-run-all exclude-from-ci',
  },
  { meant: 'risk=read', areFlags: true, words: 'readonly safe harmless nondestructive' },
  {
    meant: 'risk=destructive',
    areFlags: true,
    words:
      'destructive destroys danger dangerous unsafe irreversible disruptive risky high-risk risk-level impact mutating mutates danger-zone breaking data-loss critical-change severity priority protected destroy caution-level changes write writes',
  },
  {
    meant: 'confirm',
    areFlags: true,
    words:
      'confirmation confirm-message confirm-text confirms ask-confirmation ask-confirm require-confirmation requires-confirmation require-confirm needs-confirmation needs-confirm confirm-before confirmation-required must-confirm prompt-before ask-before ask-first ask-user prompt-user prompt pause pause-before wait-for-user wait-for-input wait-for-confirmation ack acknowledge acknowledgement are-you-sure sure manual manually by-hand question warn-before warn stop-before breakpoint checkpoint halt',
  },
  {
    meant: 'approve',
    areFlags: true,
    words:
      'require-approval requires-approval required-approval required-approvals approval approvals approval-required approval-count approvers approver approved-by approve-by reviewers reviewer required-reviewers review sign-off sign-off-by signed-off-by four-eyes two-person dual-control authorize authorise authorization authorisation needs-approval need-approval manual-approval min-approvals gate gated gatekeeper peer-review ask-approval change-approval cab change-ticket',
  },
  {
    meant: 'timeout',
    words:
      'max-time deadline time-limit timeout-minutes timeout-min timeout-mins timeout-seconds timeout-secs timeout-sec timeout-s timeout-ms timeout-in-minutes timeout-in-seconds timeout-millis max-duration max-runtime maximum-time run-time-limit kill-after abort-after give-up-after cancel-after expires expire ttl limit-time execution-timeout command-timeout job-timeout exec-timeout hook-timeout wall-time stop-after time timeout-after limit max-wait max-seconds max-minutes',
  },
  {
    meant: 'retries',
    words:
      'retry retried max-retries max-retry retry-count retry-max retry-limit retry-times max-attempts attempts attempt tries max-tries retry-on-failure retry-on-error rerun reruns repeat repeats repeat-until until flaky poll wait-for wait-until eventually times retry-if number-of-retries retries-count retry-attempts',
  },
  {
    meant: 'interval',
    words:
      'retry-delay delay delays backoff retry-interval retry-wait retry-after retry-sleep poll-interval every wait-between delay-between retry-backoff delay-seconds interval-seconds',
  },
  {
    meant: 'exit',
    words:
      'exit-code exit-codes exit-status status status-code return-code return-codes return-value retval retcode rc expect-exit expected-exit expect-exit-code expected-exit-code expect-status expected-status expect-rc allow-exit allowed-exit allowed-exit-codes allow-exit-code success-codes success-code success-exit-status success-exit-codes ok-codes ok-exit-codes valid-exit-codes valid-exit returns code expect-code exits exits-with expected-code assert-exit assert-exit-code ok-exit exit-on',
  },
  {
    meant: 'exit=nonzero',
    areFlags: true,
    words:
      'should-fail must-fail expect-fail expect-failure expect-error expects-error expected-error expected-failure expect-failed fails xfail raises-exception raises will-fail nonzero failing expect-nonzero compile-fail should-panic',
  },
  {
    meant: 'on-failure=continue',
    areFlags: true,
    words:
      'ignore-errors ignore-error ignore-failure ignore-failures ignore-fail ignore-exit ignore-exit-code continue-on-error continue-on-failure continue-on-fail continue-if-failed keep-going allow-error allow-errors allow-fail allow-failure allow-failures may-fail can-fail might-fail soft-fail nonfatal non-blocking non-critical optional best-effort no-fail tolerate-failure warn-on-failure warn-only advisory suppress-errors skip-on-error skip-errors ignore-unreachable',
  },
  {
    meant: 'on-failure=stop',
    areFlags: true,
    words:
      'fail-fast stop-on-error stop-on-failure abort-on-error abort-on-failure halt-on-error halt-on-failure exit-on-error exit-on-failure any-errors-fatal fatal required mandatory critical blocking break-on-error fail-on-error bail die-on-error require-success',
  },
  {
    meant: 'on-failure',
    words:
      'on-error on-fail on-failed on-errors on-failures if-fails if-failed when-failed failure fail error-handler error-handling rescue catch error-action failure-action failure-policy error-policy on-exception on-nonzero failed-when fail-when fail-if fails-if changed-when or-else on-timeout',
  },
  {
    meant: 'errexit',
    areFlags: true,
    words: 'set-e pipefail strict strict-mode exit-immediately shell-options shopt nounset',
  },
  {
    meant: 'cwd',
    words:
      'dir workdir working-dir working-directory chdir cd folder directory pwd current-directory base-dir in-dir run-in path workspace root-dir',
  },
  { meant: 'with.NAME=value', words: 'with' },
  {
    meant: 'env.NAME=value',
    words:
      'env environment envs env-vars env-var environ vars var variables variable export exports params param parameters args arguments inputs input env-file dotenv',
  },
  {
    meant: 'host',
    words:
      'hosts hostname server servers node nodes target targets remote remotes ssh machine machines delegate-to inventory hostgroup run-on runs-on on-host on-hosts on connection node-filter destination where-to instance instances',
  },
  {
    meant: 'each',
    words:
      'loop loop-over loop-var with-items with-list foreach for-in each-item iterate iterates iterate-over matrix with-lines with-sequence',
  },
  {
    meant: 'parallel',
    words:
      'serial max-parallel forks batch batch-size throttle workers threads thread-count concurrent rolling parallelism',
  },
  { meant: 'hosts-must-pass', words: 'max-fail-percentage max-failures min-success quorum success-rate' },
  {
    meant: 'capture',
    words:
      'register save-as save store store-as output-var output-variable outputs output out as-var result-var into assign assign-to save-output capture-output capture-as set-output to-var returns-as key-value-data name-output var-name export-as',
  },
  {
    meant: 'expect',
    words:
      'expected expected-output expect-output expects expected-results expected-result contains contain should-contain must-contain matches match should-match must-match assert asserts assertion grep pattern regex regexp stdout expect-stdout expected-stdout equals equal should-equal similarity expected-similarity verify verifies validates validation success-if success-when success-criteria results result should-output output-matches output-contains like check-output compare must-output expect-regex expect-contains expect-text',
  },
  { meant: 'expect-stderr', words: 'stderr expected-stderr stderr-contains stderr-matches errors error' },
  { meant: 'expect-json', words: 'jq json-path expected-json expect-jsonpath' },
  {
    meant: 'background',
    areFlags: true,
    words:
      'detach detached daemon daemonize daemonise async asynchronous nohup bg fork nowait dont-wait fire-and-forget spawn in-background run-in-background long-running',
  },
  {
    meant: 'interactive',
    areFlags: true,
    words: 'tty pty stdin needs-terminal requires-tty attach foreground needs-tty full-terminal',
  },
  {
    meant: 'notify',
    words:
      'alert alerts notification notifications notifies slack webhook channel channels page pager announce tell mail email on-success on-complete on-completion post-to notify-on',
  },
  {
    meant: 'estimate',
    words: 'eta expected-duration duration takes est estimated-time expected-time time-estimate',
  },
  { meant: 'name', words: 'block-name step-name cell-name address' },
  {
    advice: 'steps run in the order in which they are written; `when="test…"` asks whether one is to run',
    areFlags: true,
    words:
      'depends-on depends dependencies dependency deps needs need requires require after before prerequisite prerequisites prereq prereqs precondition preconditions pre pre-check run-after run-before follows order must-run-after wait-on blocked-by triggered-by next previous always finally first last',
  },
  {
    advice: 'write `sleep 10` in the code, or `retries=5 interval=10s` to try again until it passes',
    words: 'sleep sleep-after wait wait-seconds wait-after',
  },
  {
    meant: 'user',
    words: 'become-user become-method as as-user run-as run-as-user username remote-user su',
  },
  {
    meant: 'user=root',
    areFlags: true,
    words:
      'sudo become as-root run-as-root root privileged elevated elevate elevation admin administrator superuser doas needs-root requires-root require-root',
  },
  {
    advice: 'the label of the block says what runs it, and `interpreters:` in the front matter what else can',
    words:
      'shell interpreter using bin cmd command commands program kernel runtime image container docker docker-image language lang engine session executor shell-type argv runner',
  },
  {
    advice: 'what undoes or tidies up stands below a heading `Rollback` or `Clean-up`',
    words:
      'undo undo-command undo-with undoes rollback rollback-command rollback-on-failure rollback-on-error revert reverts revert-on-failure on-rollback compensate compensation compensates cleanup teardown backout post-run restore reversible rollback-to reverse undo-cmd',
  },
  {
    advice: 'declare what is secret as an input, `inputs: { TOKEN: { secret: true } }`, or as one of `env`',
    areFlags: true,
    words:
      'secret secrets mask masked no-log sensitive hide-output no-output redact redacted private confidential silent quiet hide-command no-record do-not-log dont-log no-history suppress-output hide-input',
  },
  {
    advice: '`concurrency: forbid` in the front matter lets one run at a time come to the page',
    words:
      'lock locks mutex exclusive singleton concurrency concurrency-group single-instance semaphore no-overlap',
  },
];

/** What a word of another tool is here. */
export interface GuardWord {
  readonly meant?: string;
  readonly advice?: string;
  readonly isFlag: boolean;
}

let byWord: ReadonlyMap<string, GuardWord> | undefined;

/** Made when a page first has a word that is not ours; most have none. */
function wordsOfOthers(): ReadonlyMap<string, GuardWord> {
  byWord ??= new Map(
    table.flatMap(({ words, areFlags, meant, advice }) =>
      words.split(' ').map((word) => {
        const found: GuardWord = {
          isFlag: areFlags === true,
          ...(meant !== undefined && { meant }),
          ...(advice !== undefined && { advice }),
        };
        return [squashed(word), found] as const;
      }),
    ),
  );
  return byWord;
}

/** `maxTime`, `max_time`, `MaxTime` and `max-time` are one word. */
export function squashed(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}

/** What other tools mean by a word; undefined for one that guards nothing anywhere. */
export function guardWord(name: string): GuardWord | undefined {
  return wordsOfOthers().get(squashed(name));
}

/** Whether a word says that something is not run, or not without somebody's word. */
export function holdsBackByName(name: string): boolean {
  const { meant = '' } = guardWord(name) ?? {};
  return meant === 'run=false' || meant === 'confirm' || meant === 'approve';
}

/** What is written here, with what other tools call it; the rows of the reference page. */
export function guardWords(): readonly { readonly here: string; readonly words: readonly string[] }[] {
  return table.map(({ meant, advice = '', words }) => ({
    here: meant === undefined ? advice : `\`${meant}\``,
    words: words.split(' '),
  }));
}
