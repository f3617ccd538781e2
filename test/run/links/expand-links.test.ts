import { describe, expect, it } from 'vitest';
import { compareLinked } from '../../../src/run/changes/compare-linked.ts';
import { type ExpandedPlan, expandLinks } from '../../../src/run/links/expand-links.ts';
import type { PlanItem } from '../../../src/run/plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { renderDiagnostics } from '../../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { ada, Scenario } from '../scenario.ts';

/** Expands the first of some files; paths are relative to where it lies. */
function expand(files: Readonly<Record<string, string>>): ExpandedPlan & { problems: string } {
  const parse = (path: string) =>
    parseRunbook(decodeSource(path, new TextEncoder().encode(files[path] ?? '')).source);
  const root = parse(Object.keys(files)[0] ?? '').runbook;
  const expanded = expandLinks(root, (path) => {
    if (files[path] === undefined) {
      const missing = { code: 'no-file', severity: 'error' as const, message: `there is no \`${path}\`` };
      return { digest: '', diagnostics: [missing] };
    }
    const { runbook, diagnostics } = parse(path);
    return { runbook, digest: `digest of ${files[path].length}`, diagnostics };
  });
  return { ...expanded, problems: renderDiagnostics(expanded.diagnostics, root.source) };
}

/** An item as a line: where it stands, what it belongs to. */
function line(item: PlanItem): string {
  const facts = [
    item.kind === 'block' ? undefined : item.kind,
    item.within && `within ${item.within} as ${item.section} of ${item.file}:${item.line}`,
    item.undoes && `undoes ${item.undoes}`,
    item.validates && `validates ${item.validates}`,
  ].filter((fact) => fact !== undefined);
  return [`${item.phase} ${item.address}`, ...facts].join(', ');
}

const drain = `---
inputs: { NODE: { required: true }, GRACE: { default: 5s, type: duration } }
env: { LEVEL: "2" }
---
# Drain

## Prerequisites

\`\`\`sh
test -n "$NODE"
\`\`\`

## Steps

### Cordon

\`\`\`sh
cordon
\`\`\`

#### Rollback

\`\`\`sh
uncordon
\`\`\`

### Evict

\`\`\`sh {cwd=tools}
evict
\`\`\`

## Validation

\`\`\`sh
check
\`\`\`

## Rollback

\`\`\`sh
restart
\`\`\`
`;

const parent = `---
inputs: { TARGET: { default: node1 } }
---
# Move

## Prerequisites

1. [Set up](setup.md)

## Steps

### Drain {with.NODE=$TARGET}

[Drain the node](nodes/drain.md)

#### Rollback

\`\`\`sh
announce
\`\`\`

### Start it

\`\`\`sh
move
\`\`\`
`;

const setup = '# Set up\n\n## Steps\n\n```sh\ninstall\n```\n\n## Validation\n\n```sh\ninstalled\n```\n';

describe('a runbook with links', () => {
  const expanded = expand({ 'move.md': parent, 'setup.md': setup, 'nodes/drain.md': drain });

  it('holds the items of the linked runbooks behind their links, and their undos', () => {
    expect(expanded.problems).toBe('');
    expect(expanded.plan.items.map(line)).toEqual([
      'steps set-up, runbook',
      'steps set-up/probe/validation, within set-up as validation of setup.md:11',
      'steps set-up/steps, within set-up as steps of setup.md:5',
      'steps set-up/validation, within set-up as validation of setup.md:11',
      'steps drain, runbook',
      'steps drain/prerequisites, within drain as preconditions of nodes/drain.md:9',
      'steps drain/cordon, within drain as steps of nodes/drain.md:17',
      'steps drain/evict, within drain as steps of nodes/drain.md:29',
      'steps drain/validation, within drain as validation of nodes/drain.md:35',
      'steps start-it',
      'rollback drain/rollback, within drain as rollback of nodes/drain.md:23, undoes drain/cordon',
      'rollback drain/rollback-1, within drain as rollback of nodes/drain.md:41, undoes drain',
      'rollback rollback, undoes drain',
    ]);
  });

  it('is not without what a linked runbook brings', () => {
    const bare = '# Bare\n\n## Steps\n\n### [Drain](nodes/drain.md)\n';
    const files = { 'bare.md': bare, 'nodes/drain.md': drain };
    expect([expand(files), expand({ 'setup.md': setup })].map(({ plan }) => plan.missingSections)).toEqual([
      [],
      ['preconditions', 'rollback'],
    ]);
  });

  it('gives the blocks of a linked runbook its variables and its folder', () => {
    const evict = expanded.plan.items.find(({ address }) => address === 'drain/evict');
    expect(evict).toMatchObject({
      cwd: 'nodes/tools',
      bindings: [
        { name: 'LEVEL', value: '2' },
        { name: 'NODE', value: '$TARGET', refers: true },
      ],
    });
  });

  it('asks for what no link gives, and remembers what it was made of', () => {
    expect(expanded.plan.inputs?.map(({ name, file }) => [name, file])).toEqual([
      ['TARGET', undefined],
      ['GRACE', 'nodes/drain.md'],
    ]);
    expect(expanded.plan.linked).toEqual([
      { file: 'setup.md', digest: `digest of ${setup.length}` },
      { file: 'nodes/drain.md', digest: `digest of ${drain.length}` },
    ]);
  });

  it('tells a resumed run what has changed in a linked runbook', () => {
    const changed = drain.replace('evict\n', 'evict --force\n');
    const now = expand({ 'move.md': parent, 'setup.md': setup, 'nodes/drain.md': changed });
    expect(compareLinked(expanded.plan, now.plan)).toEqual({
      edited: ['drain/evict'],
      gone: [],
      added: [],
      lines: ['the linked runbook `nodes/drain.md` has changed since'],
    });
    expect(compareLinked(expanded.plan, expanded.plan)).toEqual({
      edited: [],
      gone: [],
      added: [],
      lines: [],
    });
  });

  it('runs them in their order, and ends each link when its last item has ended', () => {
    const run = new Scenario(expanded.plan).start('unattended');
    run.drive();
    expect(run.trail(1)).toEqual([
      'PhaseStarted steps',
      'BlockStarted set-up',
      'BlockStarted set-up/probe/validation',
      'BlockPassed set-up/probe/validation',
      'BlockAlreadyDone set-up',
      'BlockSkipped set-up/steps',
      'BlockSkipped set-up/validation',
      'BlockStarted drain',
      'BlockStarted drain/prerequisites',
      'BlockPassed drain/prerequisites',
      'BlockStarted drain/cordon',
      'BlockPassed drain/cordon',
      'BlockStarted drain/evict',
      'BlockPassed drain/evict',
      'BlockStarted drain/validation',
      'BlockPassed drain/validation',
      'BlockPassed drain',
      'BlockStarted start-it',
      'BlockPassed start-it',
      'RunEnded succeeded',
    ]);
  });

  it('undoes what ran of a linked runbook, newest first, and after it what the link itself undoes', () => {
    const run = new Scenario(expanded.plan, { exits: { 'drain/evict': [1] } }).start('unattended', {
      onFailure: 'rollback',
    });
    run.drive();
    expect(run.trail(13)).toEqual([
      'BlockStarted drain/evict',
      'BlockFailed drain/evict',
      'FailureDecided drain/evict rollback',
      'RollbackPlanned drain/rollback drain/rollback-1 rollback',
      'RollbackStarted',
      'BlockStarted drain/rollback',
      'BlockPassed drain/rollback',
      'BlockStarted drain/rollback-1',
      'BlockPassed drain/rollback-1',
      'BlockStarted rollback',
      'BlockPassed rollback',
      'BlockFailed drain',
      'RunEnded rolled-back',
    ]);
  });

  it('has changed nothing of a linked runbook whose precondition does not hold', () => {
    const run = new Scenario(expanded.plan, { exits: { 'drain/prerequisites': [1] } }).start('unattended', {
      onFailure: 'rollback',
    });
    run.drive();
    expect(run.trail(8)).toEqual([
      'BlockStarted drain',
      'BlockStarted drain/prerequisites',
      'BlockFailed drain/prerequisites',
      'FailureDecided drain/prerequisites stop',
      'BlockFailed drain',
      'RunEnded failed',
    ]);
  });

  it('goes on behind a linked runbook whose precondition does not hold, where the run says so', () => {
    const run = new Scenario(expanded.plan, { exits: { 'drain/prerequisites': [1] } }).start('unattended', {
      onFailure: 'continue',
    });
    run.drive();
    expect(run.trail(10)).toEqual([
      'BlockFailed drain/prerequisites',
      'FailureDecided drain/prerequisites continue',
      'BlockSkipped drain/cordon',
      'BlockSkipped drain/evict',
      'BlockSkipped drain/validation',
      'BlockFailed drain',
      'FailureDecided drain continue',
      'BlockStarted start-it',
      'BlockPassed start-it',
      'RunEnded failed',
    ]);
  });

  it('runs a prerequisite that does not hold, and asks a person who is there first', () => {
    const script = { exits: { 'set-up/probe/validation': [1] } };
    const run = new Scenario(expanded.plan, script).start('unattended');
    run.drive();
    expect(run.trail(2).slice(0, 9)).toEqual([
      'BlockStarted set-up',
      'BlockStarted set-up/probe/validation',
      'BlockFailed set-up/probe/validation',
      'FailureDecided set-up/probe/validation continue',
      'ConfirmationGiven set-up/steps',
      'BlockStarted set-up/steps',
      'BlockPassed set-up/steps',
      'BlockStarted set-up/validation',
      'BlockPassed set-up/validation',
    ]);
    expect(run.state.outcome).toBe('succeeded');
    const guided = new Scenario(expanded.plan, script).start('guided');
    expect(guided.drive()).toEqual({
      type: 'ask',
      question: {
        type: 'confirm',
        address: 'set-up/steps',
        text: 'This has to be done first: run `setup.md`?',
      },
    });
  });

  it('has a prerequisite come first, whatever is chosen of the rest', () => {
    const run = new Scenario(expanded.plan).start('unattended', {
      selection: { steps: ['start-it'], tags: [] },
    });
    run.drive();
    expect(run.trail(2)).toEqual([
      'BlockStarted set-up',
      'BlockStarted set-up/probe/validation',
      'BlockPassed set-up/probe/validation',
      'BlockAlreadyDone set-up',
      'BlockSkipped set-up/steps',
      'BlockSkipped set-up/validation',
      'BlockStarted start-it',
      'BlockPassed start-it',
      'RunEnded succeeded',
    ]);
  });

  it('runs one step of a linked runbook with the preconditions there', () => {
    const run = new Scenario(expanded.plan).start('unattended', {
      selection: { steps: ['drain/evict'], tags: [] },
    });
    run.drive();
    expect(run.trail(8)).toEqual([
      'BlockStarted drain',
      'BlockStarted drain/prerequisites',
      'BlockPassed drain/prerequisites',
      'BlockStarted drain/evict',
      'BlockPassed drain/evict',
      'BlockPassed drain',
      'RunEnded succeeded',
    ]);
  });

  it('skips everything of a link that is skipped', () => {
    const run = new Scenario(expanded.plan).start('guided');
    expect(run.drive()).toEqual({ type: 'ask', question: { type: 'release', address: 'drain' } });
    const by = { user: 'ada', host: 'bastion' };
    const address = expanded.plan.items.find((item) => item.step === 'drain')?.address;
    if (address === undefined) throw new Error('the plan has no link');
    run.send({ type: 'SkipItem', address, by, note: 'empty' });
    expect(run.drive()).toEqual({ type: 'ask', question: { type: 'release', address: 'start-it' } });
    expect(run.trail(8)).toEqual([
      'BlockSkipped drain',
      'BlockSkipped drain/prerequisites',
      'BlockSkipped drain/cordon',
      'BlockSkipped drain/evict',
      'BlockSkipped drain/validation',
    ]);
  });
});

describe('what a step of a linked page asks for', () => {
  const asking = '## Steps\n\n### Which? {ask=ROLE choices=primary,replica}\n\n### Go\n\n```sh\nx\n```\n';
  const files = (given: string, role = 'replica') => ({
    'a.md': `---\nenv: { NOW: ${role} }\n---\n\n## Steps\n\n### [go](b.md) {${given}}\n`,
    'b.md': asking,
    'c.md': '---\ninputs: { WHAT: { required: true } }\n---\n\n## Steps\n\n### [b](b.md) {with.ROLE=$WHAT}\n',
  });

  it.each([
    ['by a word', files('with.ROLE=primary'), 'primary'],
    ['by a variable', files('with.ROLE=$NOW'), 'replica'],
    [
      'through another page',
      { ...files('with.WHAT=$NOW'), 'a.md': files('with.WHAT=$NOW')['a.md'].replace('b.md', 'c.md') },
      'replica',
    ],
  ])('is answered by its link, %s, and nobody is asked', (_, pages, answer) => {
    const expanded = expand(pages);
    expect(expanded.problems).toBe('');
    for (const mode of ['unattended', 'guided'] as const) {
      const run = new Scenario(expanded.plan).start(mode);
      const asked: string[] = [];
      for (let effect = run.drive(); effect.type === 'ask'; effect = run.drive()) {
        const { question } = effect;
        asked.push(question.type);
        if (question.type !== 'release') break;
        run.send({ type: 'RunBlock', address: question.address, by: ada });
      }
      expect(asked.filter((type) => type !== 'release')).toEqual([]);
      expect(run.state.outcome).toBe('succeeded');
      expect(run.state.captured).toMatchObject({ ROLE: answer, go_ROLE: answer });
    }
  });

  it.each([
    ['refers to what is not set', files('with.ROLE=$NOTHING')],
    ['comes to none of the choices', files('with.ROLE=$NOW', 'other')],
    ['is a secret', files('with.ROLE=$NOW', '"***"')],
  ])('is asked all the same where what the link gives %s', (_, pages) => {
    const run = new Scenario(expand(pages).plan).start('unattended');
    run.drive();
    expect(run.state.pause?.message).toBe('`go/which` has to be done by a person');
  });
});

const link = (target: string, attributes = '') =>
  `# R\n\n## Steps\n\n### Go${attributes}\n\n[go](${target})\n`;

describe('links that are refused', () => {
  it.each([
    [
      'a missing file',
      { 'a.md': link('b.md') },
      'error[linked-runbook]: the linked runbook `b.md`: there is no `b.md`',
    ],
    [
      'a circle',
      { 'a.md': link('b.md'), 'b.md': link('a.md') },
      'error[link-cycle]: runbooks run one another in a circle: `a.md` → `b.md` → `a.md`',
    ],
    [
      'a circle through folders',
      { 'a.md': link('x/b.md'), 'x/b.md': link('../a.md') },
      'error[link-cycle]: runbooks run one another in a circle: `a.md` → `x/b.md` → `a.md`',
    ],
    [
      'too many levels',
      Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`r${n}.md`, link(`r${n + 1}.md`)])),
      'error[link-depth]: links lead through more than 8 runbooks: `r0.md` → `r1.md` → `r2.md` → `r3.md` → `r4.md` → `r5.md` → `r6.md` → `r7.md` → `r8.md` → `r9.md`',
    ],
    [
      'a broken file, two links away',
      {
        'a.md': link('b.md'),
        'b.md': link('c.md'),
        'c.md': '## Steps\n\n```sh {timeout=soon}\nx\n```\n',
      },
      'error[linked-runbook]: the linked runbook `c.md:3` (`a.md` → `b.md` → `c.md`): `timeout` expects a duration such as `30s`, `5m` or `1h30m`, and received `soon`',
    ],
    [
      'an input that is not there',
      { 'a.md': link('b.md', ' {with.NOD=1}'), 'b.md': drain },
      'error[link-input]: `go` runs `b.md`: it has no input `NOD`; did you mean `with.NODE`?',
    ],
    [
      'a value that the input cannot have',
      { 'a.md': link('b.md', ' {with.NODE=1 with.GRACE=soon}'), 'b.md': drain },
      'error[link-input]: `go` runs `b.md`: input `GRACE`: expected a duration such as `30s` or `1h30m`; got `soon`',
    ],
    [
      'an answer that is none of the choices',
      {
        'a.md': link('b.md', ' {with.ROLE=primry}'),
        'b.md': '## Steps\n\n### Which? {ask=ROLE choices=primary,replica}\n\n### Go\n\n```sh\nx\n```\n',
      },
      'error[link-input]: `go` runs `b.md`: it asks for `ROLE`: primary, replica; got `primry`',
    ],
    [
      'a guard that would guard nothing',
      { 'a.md': link('b.md', ' {timeout=5s}'), 'b.md': '## Steps\n\n```sh\nx\n```\n' },
      'error[link-attribute]: `timeout` has no meaning on a step that runs another runbook, `go`',
    ],
  ])('%s', (_, files, message) => {
    expect(expand(files).problems.split('\n')[0]).toBe(message);
  });

  const pages = (count: number, links: number): Readonly<Record<string, string>> => ({
    ...Object.fromEntries(
      Array.from({ length: count }, (_, n) => {
        const steps = Array.from({ length: links }, (_each, at) => `### S${at}\n\n[next](p${n + 1}.md)\n`);
        return [`p${n}.md`, `# P${n}\n\n## Steps\n\n${steps.join('\n')}`];
      }),
    ),
    [`p${count}.md`]: '# Last\n\n## Steps\n\n```sh\nx\n```\n',
  });
  const codesOf = (files: Readonly<Record<string, string>>): readonly string[] =>
    expand(files).diagnostics.map(({ code }) => code);

  it('is bounded where few pages link to one another many times, and told once', () => {
    expect(codesOf(pages(4, 30))).toEqual(['link-count']);
  });

  it('is told once for a link of the opened page, however many ways lead on from it', () => {
    expect(codesOf({ ...pages(10, 2), 'p0.md': '# P\n\n## Steps\n\n### S\n\n[next](p1.md)\n' })).toEqual([
      'link-depth',
    ]);
  });

  it('points at the link', () => {
    expect(expand({ 'a.md': link('b.md') }).problems).toBe(
      `error[linked-runbook]: the linked runbook \`b.md\`: there is no \`b.md\`
 --> a.md:7:1
  |
7 | [go](b.md)
  | ^^^^^^^^^^`,
    );
  });
});

describe('what is there for a person', () => {
  it('takes a document without anything to run for a manual step', () => {
    const { plan, problems } = expand({ 'a.md': link('b.md'), 'b.md': '# B\n\nTell the others.\n' });
    expect(problems).toBe('');
    expect(plan.items.map(line)).toEqual(['steps go, manual']);
  });

  it('asks whether a prerequisite without validation holds', () => {
    const { plan } = expand({
      'a.md': '# A\n\n## Prerequisites\n\n1. [B](b.md)\n\n## Steps\n\n```sh\nx\n```\n',
      'b.md': '## Steps\n\n```sh\nx\n```\n',
    });
    expect(plan.items.map(line)).toEqual(['preconditions b, manual', 'steps steps']);
    expect(plan.items[0]?.risk).toBe('read');
  });
});
