// Owns the public records of `--surface ndjson`, version 1, as a schema.
import {
  array,
  boolean,
  description,
  exactOptional,
  type InferOutput,
  literal,
  number,
  picklist,
  pipe,
  record,
  strictObject,
  string,
  variant,
} from 'valibot';
import { outcomes } from '../../run/outcomes.ts';
import { wireChanges } from './wire-changes.ts';
import { fact, wireKind as kind, time } from './wire-kind.ts';
import { wireOptions } from './wire-options.ts';
import { actor, codePlace, milliseconds, wireReason as reason } from './wire-reason.ts';
import { hostResult, itemResult, wireResult as result } from './wire-result.ts';
import { wireSubject as subject } from './wire-subject.ts';
import { wireTelling } from './wire-telling.ts';

const address = pipe(string(), description('the stable address of a block, checklist or manual step'));
const strings = record(string(), string());
const mode = picklist(['guided', 'unattended']);
const phase = picklist(['preconditions', 'diagnosis', 'steps', 'validation', 'rollback', 'cleanup']);
const timeoutAction = picklist(['deny', 'escalate', 'approve']);

const requestDigest = exactOptional(pipe(string(), description('digest of the request that was answered')));

const chunk = {
  address,
  attempt: number(),
  stream: picklist(['stdout', 'stderr', 'terminal']),
  host: exactOptional(string()),
  item: exactOptional(pipe(string(), description('of a block with `each`'))),
};
const attempt = { address, attempt: pipe(number(), description('counts from 1, over resumes too')) };
const byPerson = {
  by: actor,
  automatic: pipe(boolean(), description('true when a policy such as `--yes` acted')),
};
const note = exactOptional(string());
const turn = exactOptional(
  pipe(
    array(string()),
    description('only these items, of a block whose step goes through a list item by item'),
  ),
);
const each = pipe(string(), description('the variable that is the item'));

/** Every record that can stand on a line. */
export const wireRecord = variant('type', [
  kind('plan', 'The first line: everything that this run may do, in its order; undo items come last.', {
    title: string(),
    severity: exactOptional(string()),
    owner: exactOptional(string()),
    estimateMs: exactOptional(milliseconds),
    items: array(
      strictObject({
        address,
        kind: picklist(['block', 'checklist', 'manual', 'runbook']),
        step: string(),
        stepTitle: string(),
        phase,
        undoes: exactOptional(string()),
        validates: exactOptional(string()),
        within: exactOptional(
          pipe(string(), description('the link to another runbook that brought it here')),
        ),
        file: exactOptional(pipe(string(), description('its runbook, where it is a linked one'))),
        branches: exactOptional(
          pipe(
            array(strictObject({ choice: string(), branch: string() })),
            description('the choices that it is part of, the outermost first'),
          ),
        ),
        doubts: exactOptional(pipe(array(string()), description('codes of what is doubtful of it'))),
        risk: picklist(['read', 'change', 'destructive']),
        line: pipe(number(), description('line of its runbook, from 1')),
        language: exactOptional(string()),
        estimateMs: exactOptional(milliseconds),
      }),
    ),
  }),
  fact('run-started', 'The run began.', {
    run: string(),
    runbook: strictObject({
      path: string(),
      title: string(),
      digest: string(),
      commit: exactOptional(string()),
      section: exactOptional(string()),
    }),
    by: actor,
    mode,
    options: wireOptions,
    inputs: pipe(strings, description('never secrets')),
    secretInputs: array(string()),
    inputOrigins: exactOptional(
      pipe(
        record(
          string(),
          picklist(['set', 'file', 'environment', 'default', 'remembered', 'asked', 'over-export']),
        ),
        description('where the value of each input comes from'),
      ),
    ),
    cwd: string(),
    toolVersion: string(),
    cause: exactOptional(pipe(string(), description('what started it, in the words of who did'))),
    parent: exactOptional(pipe(string(), description('the run that started this one through a link'))),
  }),
  fact('run-resumed', 'A paused or broken run goes on.', { by: actor, mode, runbookDigest: string() }),
  fact('run-paused', 'The run rests; `runsheet resume` goes on.', {
    reason: picklist([
      ...[
        'operator',
        'drained',
        'manual-step',
        'approval',
        'confirmation',
        'in-doubt',
        'doubtful',
        'failure',
        'interrupt',
      ],
      ...['hangup', 'terminate', 'changed', 'document', 'journal'],
    ] as const),
    message: string(),
    address: exactOptional(address),
  }),
  fact('run-ended', 'The run is over; with `asWished` it was rolled back though nothing had failed.', {
    outcome: picklist(outcomes),
    message: string(),
    asWished: exactOptional(literal(true)),
    leftUndone: array(address),
    outputs: exactOptional(pipe(strings, description('the declared outputs that were set, secrets masked'))),
  }),
  fact('phase-started', 'A section of the runbook began.', { phase }),
  fact('gate-opened', 'Every precondition holds that was looked at: from here on things may be changed.', {
    skipped: exactOptional(pipe(array(address), description('preconditions that nobody has looked at'))),
  }),
  fact('condition-checked', 'A `when` or `check` was asked.', {
    address,
    condition: picklist(['when', 'check']),
    holds: boolean(),
    hosts: exactOptional(pipe(record(string(), boolean()), description('what each host said'))),
    items: exactOptional(pipe(record(string(), boolean()), description('what was said of each item'))),
  }),
  fact('file-compared', 'What a block would make of its file; nothing has been written yet.', {
    address,
    files: wireChanges,
  }),
  fact('hosts-resolved', 'The command of a `hosts-from` said where a block runs.', {
    address,
    hosts: array(string()),
  }),
  fact('host-started', 'An attempt at a block began on a host.', { ...attempt, host: string() }),
  fact('host-ended', 'A block is over on a host.', { address, result: hostResult }),
  fact('items-resolved', 'The items of a list that was asked for are known.', {
    address,
    each,
    items: array(string()),
  }),
  fact('item-started', 'An attempt at a block began for an item.', { ...attempt, each, item: string() }),
  fact('item-ended', 'A block is over for an item.', { address, each, result: itemResult }),
  fact('block-started', 'An attempt at a block began.', {
    ...attempt,
    turn,
    code: exactOptional(pipe(string(), description('present when it differs from the runbook'))),
    from: exactOptional(
      pipe(strictObject(codePlace), description('where it began, when the rest of a block was run')),
    ),
  }),
  fact('turn-ended', 'A block is through with these items; others follow, or `block-passed` does.', {
    ...attempt,
    turn: array(string()),
    result,
  }),
  fact('block-passed', 'An attempt succeeded.', { ...attempt, result }),
  fact('block-failed', 'An attempt failed.', { ...attempt, turn, result, reason }),
  fact('retry-scheduled', 'Another attempt follows by itself.', { ...attempt, delayMs: milliseconds }),
  fact('block-skipped', 'A block was not run.', {
    address,
    reason: picklist([
      ...['condition', 'operator', 'policy', 'manual-policy', 'rehearsal', 'dry-run', 'superseded'],
      ...['no-gate', 'nothing-changed', 'nothing-to-undo', 'not-chosen', 'no-items', 'no-items-left'],
    ] as const),
    turn,
    by: exactOptional(actor),
    note,
  }),
  fact('block-already-done', 'The `check` of a block found its effect in place; it was not run.', {
    address,
  }),
  fact('block-marked-done', 'A person did it by hand.', {
    address,
    turn,
    by: actor,
    note: string(),
  }),
  fact(
    'block-found-in-doubt',
    'A block had started before the run was interrupted, and never ended.',
    attempt,
  ),
  fact('doubt-resolved', 'It was decided what a block in doubt counts as.', {
    address,
    as: picklist(['run-again', 'done', 'failed', 'skip']),
    turn,
    by: actor,
    note,
  }),
  fact('command-edited', 'The operator changed what a block runs.', { address, code: string(), by: actor }),
  fact('background-ended', 'A block in the background is over.', {
    address,
    result,
    ended: picklist(['itself', 'by-run']),
    reason: exactOptional(pipe(reason, description('present when it counts as a failure'))),
  }),
  fact('late-output', 'What a block left running went on printing; the result has all of its output.', {
    ...attempt,
    result,
  }),
  fact('block-released', 'Somebody let a block run.', { address, turn, ...byPerson }),
  fact('auto-run-chosen', 'The operator said to run on without asking.', {
    by: actor,
    until: picklist(['gate', 'end']),
  }),
  fact('confirmation-given', 'A question before a block was answered with yes.', {
    address,
    turn,
    question: string(),
    ...byPerson,
  }),
  fact('choice-made', 'Of several ways these are taken, and no others.', {
    choice: pipe(string(), description('as `--choose` calls it')),
    branches: array(string()),
    address: pipe(string(), description('the first item that it was made for')),
    ...byPerson,
  }),
  fact('doubts-accepted', 'What is doubtful of an item is run all the same.', {
    address,
    codes: pipe(array(string()), description('as `runsheet explain` knows them')),
    ...byPerson,
  }),
  fact('manual-step-claimed', 'A person says that it is done, and its check is asked now.', {
    address,
    by: actor,
    note,
  }),
  fact('manual-step-done', 'A person says that a manual step or a checklist is done.', {
    address,
    by: actor,
    note,
    answer: exactOptional(pipe(string(), description('where the step asks for a variable'))),
  }),
  fact('checklist-item-set', 'A box was ticked or unticked.', {
    address,
    index: pipe(number(), description('from 0')),
    ticked: boolean(),
    by: actor,
  }),
  fact('note-added', 'Somebody wrote something down.', {
    address: exactOptional(address),
    text: string(),
    by: actor,
    goesOn: exactOptional(pipe(literal(true), description('it has a run of a server that rests taken up'))),
  }),
  fact('failure-decided', 'It was decided what follows a failure.', {
    address,
    decision: picklist(['retry', 'run-rest', 'skip', 'mark-done', 'continue', 'rollback', 'pause', 'stop']),
    turn,
    ...byPerson,
    note,
  }),
  fact('clean-up-decided', 'After a bad end the operator said whether to clean up.', {
    wanted: boolean(),
    by: actor,
  }),
  fact('shell-opened', "The operator went into a shell in the run's environment.", {
    by: actor,
    address: exactOptional(address),
  }),
  fact('shell-closed', 'That shell was closed; `problem` says why it did not open or carried nothing over.', {
    durationMs: milliseconds,
    address: exactOptional(address),
    problem: exactOptional(string()),
  }),
  fact('jumped-to', 'The operator went to another step.', { address, by: actor }),
  fact('approval-requested', 'A block waits for other people.', {
    address,
    gate: string(),
    people: array(string()),
    needed: number(),
    by: actor,
    expiresAt: exactOptional(time),
    onTimeout: timeoutAction,
    rest: exactOptional(pipe(literal(true), description('it is of all that the run has still to do'))),
    of: exactOptional(subject),
  }),
  fact('approval-given', 'Somebody agreed.', { address, by: actor, comment: note, of: requestDigest }),
  fact('approval-denied', 'Somebody refused.', { address, by: actor, comment: note, of: requestDigest }),
  fact('approval-timed-out', 'Nobody answered in time.', { address, action: timeoutAction }),
  fact('answer-refused', 'An answer to a gate does not count.', {
    address: exactOptional(address),
    answer: exactOptional(picklist(['approve', 'deny'])),
    by: exactOptional(actor),
    message: string(),
  }),
  fact('question-answered', 'Somebody answered from elsewhere what the run asks.', {
    question: pipe(string(), description('the name of the question; a later one has another')),
    address: exactOptional(address),
    answer: string(),
    value: exactOptional(string()),
    items: exactOptional(pipe(array(number()), description('places in a checklist, the first is 0'))),
    note: exactOptional(string()),
    by: actor,
  }),
  fact('answer-taken', 'The run came to that question, and what follows from the answer comes before this.', {
    question: string(),
    by: exactOptional(actor),
    answer: exactOptional(string()),
    refused: exactOptional(pipe(string(), description('why nothing follows from it'))),
  }),
  fact('approval-checked', 'What was approved was compared with what is about to run.', {
    address,
    changed: pipe(array(string()), description('why the approval no longer holds; empty where it holds')),
  }),
  fact('rollback-planned', 'What a rollback would undo, in its order.', {
    items: array(address),
    steps: array(string()),
    ...byPerson,
  }),
  fact('rollback-started', 'The rollback began.', { excluded: array(address), by: actor }),
  fact('rollback-declined', 'There will be no rollback.', { by: actor }),
  fact('runbook-changed', 'The runbook is not what it was when the run began.', {
    digest: string(),
    edited: array(address),
    gone: array(address),
    added: array(address),
    moved: exactOptional(pipe(array(address), description('what stands in another order'))),
    settings: exactOptional(pipe(array(string()), description('keys of its front matter'))),
  }),
  fact('document-not-written', 'The results could not be written into the runbook.', {
    message: string(),
    copy: exactOptional(pipe(string(), description('where they are instead'))),
    gone: exactOptional(
      pipe(array(address), description('only those of these are not: the runbook no longer holds them')),
    ),
  }),
  ...wireTelling,
  kind('run-refused', 'The only line: the run did not begin, and nothing was run.', {
    reason: pipe(
      picklist(['busy', 'not-kept']),
      description('as many runs as may go on do; or no record of it can be kept'),
    ),
    message: string(),
    run: exactOptional(pipe(string(), description('the run that is in the way'))),
  }),
  kind(
    'output',
    'A piece of what a block prints, as it comes; exactly one of `text` and `base64` is there.',
    {
      ...chunk,
      text: exactOptional(
        pipe(string(), description('the bytes, where they are UTF-8; characters are never cut')),
      ),
      base64: exactOptional(pipe(string(), description('the bytes, where they are not UTF-8'))),
    },
  ),
  kind(
    'output-dropped',
    'The reader was too slow: so many bytes are missing here, and are in the stored output.',
    {
      ...chunk,
      bytes: number(),
    },
  ),
]);

type ReadonlyDeep<Value> = Value extends object
  ? { readonly [Key in keyof Value]: ReadonlyDeep<Value[Key]> }
  : Value;

/** One line of `--surface ndjson`. */
export type WireRecord = ReadonlyDeep<InferOutput<typeof wireRecord>>;
