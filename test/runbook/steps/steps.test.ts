import { describe, expect, test } from 'vitest';
import { outlineOf, parse, sectionsOf, textAt } from '../runbook-of.ts';

const outline = (...lines: string[]) => outlineOf(parse(lines.join('\n')).runbook);
const sections = (...lines: string[]) => sectionsOf(parse(lines.join('\n')).runbook);
const sh = (code: string) => ['', '```sh', code, '```', ''];

describe('what is a step', () => {
  test('"Step N" headings, each with all that is below it', () => {
    expect(
      outline('# T', '## Step 1: A', ...sh('a'), '### Detail', ...sh('b'), '## Step 2: B', 'Call the team.'),
    ).toEqual([
      'steps step-heading step-1-a: Step 1: A',
      '  run step-1-a change "a"',
      '  prose "### Detail"',
      '  run step-1-a/2 change "b"',
      'steps step-heading step-2-b (manual): Step 2: B',
      '  prose "Call the team."',
    ]);
  });

  test('numbered headings, the innermost that hold work', () => {
    expect(
      outline(
        '# T',
        '## 1. Overview',
        'x',
        '## 2. Install',
        'Intro.',
        '### 2.1 Download',
        ...sh('a'),
        '### 2.2 Tell',
        'y',
        '## 3. Start',
        ...sh('b'),
      ),
    ).toEqual([
      'steps numbered-heading 21-download: 2.1 Download',
      '  run 21-download change "a"',
      'steps numbered-heading 22-tell (manual): 2.2 Tell',
      '  prose "y"',
      'steps numbered-heading 3-start: 3. Start',
      '  run 3-start change "b"',
    ]);
  });

  test('sub-headings one level down in a section', () => {
    expect(
      outline(
        '## Procedure',
        'Read this.',
        '### A',
        ...sh('a'),
        '#### A1',
        ...sh('b'),
        '### B',
        'Do it.',
        '### C',
      ),
    ).toEqual([
      'steps sub-heading a: A',
      '  run a change "a"',
      '  prose "#### A1"',
      '  run a/2 change "b"',
      'steps sub-heading b (manual): B',
      '  prose "Do it."',
      'steps sub-heading c (manual): C',
    ]);
  });

  test('items of an ordered list, with code or an instruction', () => {
    expect(
      outline(
        '## Steps',
        '1. Drain it:',
        '',
        '   ```sh',
        '   a',
        '   ```',
        '',
        '2. **Tell** the team. They want to know.',
        '3. ```sh',
        '   b',
        '   ```',
      ),
    ).toEqual([
      'steps list-item drain-it: Drain it',
      '  prose "1. Drain it:"',
      '  run drain-it change "a"',
      'steps list-item tell-the-team (manual): Tell the team',
      '  prose "2. **Tell** the team. They want to know."',
      'steps list-item b: b',
      '  run b change "b"',
    ]);
  });

  test('items whose code stands outside the list, as those write it who do not indent', () => {
    expect(outline('## Steps', '1. Make it:', ...sh('a'), '2. Look:', ...sh('b'), 'Wait a bit.')).toEqual([
      'steps list-item make-it: Make it',
      '  prose "1. Make it:"',
      '  run make-it change "a"',
      'steps list-item look: Look',
      '  prose "2. Look:"',
      '  run look change "b"',
      '  prose "Wait a bit."',
    ]);
  });

  test('a list below a free heading only when something in it runs', () => {
    expect(
      outline(
        '# T',
        '## Restart',
        '1. Look',
        '2. Run',
        '   ```sh',
        '   a',
        '   ```',
        '## Facts',
        '1. One',
        '2. Two',
      ),
    ).toEqual([
      'steps list-item look (manual): Look',
      '  prose "1. Look"',
      'steps list-item run: Run',
      '  prose "2. Run"',
      '  run run change "a"',
    ]);
  });

  test('headings with code', () => {
    expect(
      outline('# T', '## About', 'words', '## Install', ...sh('a'), '### On Debian', ...sh('b')),
    ).toEqual([
      'steps code-heading install: Install',
      '  run install change "a"',
      'steps code-heading on-debian: On Debian',
      '  run on-debian change "b"',
    ]);
  });

  test('code blocks with the prose before them, where there is no heading', () => {
    expect(
      outline(
        'First, make a folder:',
        ...sh('mkdir x'),
        'Then go there. It is near.',
        ...sh('cd x'),
        ...sh('ls'),
      ),
    ).toEqual([
      'steps code-block first-make-a-folder: First, make a folder',
      '  prose "First, make a folder:"',
      '  run first-make-a-folder change "mkdir x"',
      'steps code-block then-go-there: Then go there',
      '  prose "Then go there. It is near."',
      '  run then-go-there change "cd x"',
      'steps code-block ls: ls',
      '  run ls change "ls"',
    ]);
  });

  test('a section that nothing divides', () => {
    expect(outline('## Rollback', 'Call the DBA.', '', '- one', '- two')).toEqual([
      'rollback section rollback (manual): Rollback',
      '  prose "Call the DBA.\\n\\n- one\\n- two"',
    ]);
    expect(outline('## Steps', '', '## Rollback')).toEqual([]);
  });

  test('instructions in prose, in a document that has nothing else', () => {
    expect(
      outline(
        '# T',
        '## Contents',
        '1. [A](#a)',
        '2. [B](#b)',
        '## When the alarm rings',
        '1. Get up',
        '2. Walk out',
      ),
    ).toEqual([
      'steps list-item get-up (manual): Get up',
      '  prose "1. Get up"',
      'steps list-item walk-out (manual): Walk out',
      '  prose "2. Walk out"',
    ]);
  });

  test('commands that nobody labelled are asked about', () => {
    expect(outline('# T', '## Restart', '```', 'systemctl restart nginx', '```')).toEqual([
      'steps code-heading restart: Restart',
      '  run restart change "systemctl restart nginx"',
    ]);
  });
});

describe('sections', () => {
  test('bind to the step that they stand in', () => {
    const text = [
      '## Steps',
      '### Restart',
      ...sh('a'),
      '#### Validation',
      '1. Look:',
      '   ```sh',
      '   b',
      '   ```',
      '#### Rollback',
      'Start the old one.',
    ];
    expect(outline(...text)).toEqual([
      'steps sub-heading restart: Restart',
      '  run restart change "a"',
      '  validates: validation list-item look: Look',
      '  validates:   prose "1. Look:"',
      '  validates:   run look read "b"',
      '  undoes: rollback section rollback (manual): Rollback',
      '  undoes:   prose "Start the old one."',
    ]);
    expect(sections(...text)).toEqual([
      '## Steps: steps by "steps"',
      '#### Validation: validation by "validation" of restart',
      '#### Rollback: rollback by "rollback" of restart',
    ]);
  });

  test('bind to a step of a walkthrough too', () => {
    expect(outline('# T', '## Install', ...sh('a'), '### Verify', ...sh('b'))).toEqual([
      'steps code-heading install: Install',
      '  run install change "a"',
      '  validates: validation code-heading verify: Verify',
      '  validates:   run verify read "b"',
    ]);
  });

  test('stand for themselves in a group that is no step', () => {
    expect(
      outline(
        '# T',
        '## Deploy',
        '### Prerequisites',
        ...sh('a'),
        '### Steps',
        ...sh('b'),
        '### Verification',
        ...sh('c'),
      ),
    ).toEqual([
      'preconditions code-heading prerequisites: Prerequisites',
      '  run prerequisites read "a"',
      'steps code-heading steps: Steps',
      '  run steps change "b"',
      'validation code-heading verification: Verification',
      '  run verification read "c"',
    ]);
  });

  test("that are as high as that of the steps are the document's", () => {
    expect(
      sections('# T', '## Procedure', '### Step 1', ...sh('a'), '# Step 2', ...sh('b'), '## Rollback', 'x'),
    ).toEqual(['## Procedure: steps by "procedure"', '## Rollback: rollback by "rollback"']);
  });

  test('keep what is theirs: a rollback its procedure and its verification', () => {
    expect(
      outline(
        '## Rollback',
        '### Procedure',
        ...sh('a'),
        '### Verification',
        ...sh('b'),
        '### References',
        ...sh('c'),
      ),
    ).toEqual([
      'rollback sub-heading procedure: Procedure',
      '  run procedure change "a"',
      'rollback sub-heading verification: Verification',
      '  run verification change "b"',
      'context code-heading references: References',
      '  run references change "c"',
    ]);
  });

  test('that only look hold reads, wherever they stand', () => {
    expect(
      outline(
        '## Steps',
        '### Do',
        '#### Prerequisites',
        ...sh('a'),
        '#### Details',
        ...sh('b'),
        '#### Example',
        ...sh('c'),
      ),
    ).toEqual([
      'steps sub-heading do: Do',
      '  prose "#### Prerequisites"',
      '  run do read "a"',
      '  prose "#### Details"',
      '  run do/2 change "b"',
      '  prose "#### Example"',
      '  show do/text-1 "c"',
    ]);
  });

  test('of context run nothing but what says so', () => {
    expect(
      outline('# T', '## Overview', 'x', ...sh('a'), '```sh {run}', 'b', '```', '## Install', ...sh('c')),
    ).toEqual([
      'steps code-heading overview: Overview',
      '  prose "x"',
      '  show overview/text-1 "a"',
      '  run overview change "b"',
      'steps code-heading install: Install',
      '  run install change "c"',
    ]);
  });

  test('of steps leave other headings with code to be examples, but not counted ones and preparation', () => {
    expect(
      outline(
        '# T',
        '## Setup',
        ...sh('a'),
        '## Mitigation',
        ...sh('b'),
        '## More commands',
        ...sh('c'),
        '## 2. Tidy the queue',
        ...sh('d'),
      ),
    ).toEqual([
      'steps code-heading setup: Setup',
      '  run setup change "a"',
      'steps code-heading mitigation: Mitigation',
      '  run mitigation change "b"',
      'context code-heading more-commands: More commands',
      '  run more-commands change "c"',
      'steps numbered-heading 2-tidy-the-queue: 2. Tidy the queue',
      '  run 2-tidy-the-queue change "d"',
    ]);
  });

  test('of trouble hold solutions that are no steps of a run', () => {
    expect(
      sections(
        '# T',
        '## Install',
        ...sh('a'),
        '## Troubleshooting',
        '### It hangs',
        'x',
        '#### Solution',
        ...sh('b'),
      ),
    ).toEqual(['## Troubleshooting: diagnosis by "troubleshooting"']);
  });

  test('of clean-up stand apart, also below a step', () => {
    expect(outline('## Steps', '### Do', ...sh('a'), '#### Clean up', ...sh('b'))).toEqual([
      'steps sub-heading do: Do',
      '  run do change "a"',
      'cleanup code-heading clean-up: Clean up',
      '  run clean-up change "b"',
    ]);
  });

  test('may be several of a kind', () => {
    expect(
      outline(
        '# T',
        '## A',
        ...sh('a'),
        '## Verification',
        ...sh('b'),
        '## B',
        ...sh('c'),
        '## Verification',
        ...sh('d'),
      ),
    ).toEqual([
      'steps code-heading a: A',
      '  run a change "a"',
      'validation code-heading verification: Verification',
      '  run verification read "b"',
      'steps code-heading b: B',
      '  run b change "c"',
      'validation code-heading verification-1: Verification',
      '  run verification-1 read "d"',
    ]);
  });
});

describe('titles', () => {
  test.each([
    ['---\ntitle: Front\n---\n# Head\n', 'Front'],
    ['# *Head* `x`\n', 'Head x'],
    ['## Only one of its level\n\n### A\n', 'Only one of its level'],
    ['## A\n\n## B\n', 'book'],
    ['', 'book'],
    ['# Prerequisites\n\n```sh\na\n```\n', 'Prerequisites'],
    ['# A\n\n# B\n', 'A'],
  ])('%j is called %j', (text, title) => {
    expect(parse(text).runbook.title).toBe(title);
  });

  test('of the document open no section when they are the only one of their level', () => {
    expect(sections('# Rollback', '## Stop', ...sh('a'))).toEqual([]);
    expect(outline('# Rollback', '## Stop', ...sh('a'))).toEqual([
      'steps code-heading stop: Stop',
      '  run stop change "a"',
    ]);
    expect(sections('# Alert', '# Diagnosis', '# Mitigation')).toEqual([
      '# Diagnosis: diagnosis by "diagnosis"',
      '# Mitigation: steps by "mitigation"',
    ]);
  });
});

describe('names', () => {
  const names = (...lines: string[]) => parse(lines.join('\n')).runbook.steps.map(({ name }) => name);

  test('are the anchors of a code host, counted over all headings', () => {
    expect(
      names(
        '# T',
        '## Verify it',
        'x',
        '> ## Verify it',
        '## Verify it',
        ...sh('a'),
        '## Ünïcode & more!',
        ...sh('b'),
      ),
    ).toEqual(['verify-it-2', 'ünïcode--more']);
  });

  test('give way to names of authors', () => {
    const { runbook, diagnostics } = parse(
      [
        '## Steps',
        '### Drain',
        '```sh {name=load}',
        'a',
        '```',
        '### Load {name=look}',
        ...sh('b'),
        '### Load',
        ...sh('c'),
      ].join('\n'),
    );
    expect(diagnostics).toEqual([]);
    expect(outlineOf(runbook)).toEqual([
      'steps sub-heading drain: Drain',
      '  run load change "a"',
      'steps sub-heading look: Load',
      '  run look change "b"',
      'steps sub-heading load-1: Load',
      '  run load-1 change "c"',
    ]);
  });

  test('of a block may be that of its own step', () => {
    const { runbook, diagnostics } = parse(
      '## Steps\n\n### Drain\n\n```sh {name=drain}\na\n```\n\n```sh\nb\n```\n',
    );
    expect(diagnostics).toEqual([]);
    expect(outlineOf(runbook)).toEqual([
      'steps sub-heading drain: Drain',
      '  run drain change "a"',
      '  run drain/2 change "b"',
    ]);
  });

  test.each<[string, string, readonly string[]]>([
    ['a block', '```sh\na\n```', ['  run drain/1 change "a"']],
    ['a checklist', '- [ ] a', ['  checklist drain/1 [ ] a']],
  ])('of a block behind %s of its own step are its own', (_, before, expected) => {
    const { runbook, diagnostics } = parse(
      `## Steps\n\n### Drain\n\n${before}\n\n\`\`\`sh {name=drain}\nb\n\`\`\`\n\n\`\`\`sh\nc\n\`\`\`\n`,
    );
    expect(diagnostics).toEqual([]);
    expect(outlineOf(runbook)).toEqual([
      'steps sub-heading drain: Drain',
      ...expected,
      '  run drain change "b"',
      '  run drain/3 change "c"',
    ]);
  });

  test('that are given twice are an error', () => {
    const { runbook, diagnostics } = parse(
      '## A {name=x}\n\n```sh\na\n```\n\n## B\n\n```sh {name=x}\nb\n```\n',
    );
    expect(diagnostics.map(({ span, ...rest }) => ({ ...rest, at: span && textAt(runbook, span) }))).toEqual([
      {
        code: 'duplicate-name',
        severity: 'error',
        message: 'the name `x` is given twice',
        at: 'x',
        help: 'line 1 has it first; results and `--step` need to know which is meant',
      },
    ]);
  });

  test('of items are their first words, and stay clear of anchors', () => {
    expect(
      names(
        '## Steps',
        '1. Look',
        '2. Look',
        '3. Find out why the very long sentence does not end',
        '4. 确认所有的服务都已经正常运行',
        '## Look',
      ),
    ).toEqual(['look-1', 'look-2', 'find-out-why-the-very-long', '确认所有的服务都已经正常运行']);
  });
});

describe('addresses', () => {
  test('count what runs and what is ticked, and apart from it what is only shown', () => {
    expect(
      outline(
        '## Steps',
        '### A',
        '```yaml',
        'x: 1',
        '```',
        ...sh('a'),
        '- [ ] one',
        '- [x] two',
        '  - [ ] nested',
        '',
        '```',
        'plain',
        '```',
        ...sh('b'),
      ),
    ).toEqual([
      'steps sub-heading a: A',
      '  show a/text-1 "x: 1"',
      '  run a change "a"',
      '  checklist a/2 [ ] one; [x] two; [ ] nested',
      '  show a/text-2 "plain"',
      '  run a/3 change "b"',
    ]);
  });
});

describe('links to runbooks', () => {
  test('are steps that run them', () => {
    expect(
      outline(
        '## Prerequisites',
        '[Backup](backup.md)',
        '## Steps',
        '### Drain',
        '[Drain **it**](../drain%20node.md#now)',
        '### [Restart](restart.markdown)',
        '1. x',
      ),
    ).toEqual([
      'preconditions section prerequisites: Prerequisites',
      '  link prerequisites backup.md "Backup"',
      'steps sub-heading drain: Drain',
      '  link drain ../drain node.md "Drain it"',
      'steps sub-heading restart (manual): Restart',
      '  prose "1. x"',
    ]);
    expect(
      outline(
        '## Steps',
        '1. [Drain](drain.md)',
        '2. See [this](x.md)',
        '3. [Web](https://a.b/c.md)',
        '4. [Anchor](#x)',
        `5. [Fill](fill.md){with.NODE="a}b" digest=sha256:${'0'.repeat(64)}}`,
      ),
    ).toEqual([
      'steps list-item drain: Drain',
      '  link drain drain.md "Drain"',
      'steps list-item see-this (manual): See this',
      '  prose "2. See [this](x.md)"',
      'steps list-item web (manual): Web',
      '  prose "3. [Web](https://a.b/c.md)"',
      'steps list-item anchor (manual): Anchor',
      '  prose "4. [Anchor](#x)"',
      'steps list-item fill: Fill',
      '  link fill fill.md "Fill"',
    ]);
  });

  test('pass inputs on from their heading', () => {
    const { runbook } = parse('## Steps\n\n### [Drain](drain.md) {with.NODE=web1 with.FORCE="a b"}\n');
    expect(runbook.steps[0]?.parts).toMatchObject([
      { type: 'runbook-link', link: { target: 'drain.md', inputs: { NODE: 'web1', FORCE: 'a b' } } },
    ]);
  });
});

describe('prose that belongs to no step', () => {
  test('is the introduction, or leads in to the next step', () => {
    const { runbook } = parse(
      [
        '---',
        'title: T',
        '---',
        '# T',
        'Hello.',
        '',
        '> Note',
        '',
        '<!-- x -->',
        '## Overview',
        'About.',
        '## Steps',
        'Read this.',
        '### A',
        ...sh('a'),
        '### Notes',
        'Mind.',
        '### B',
        ...sh('b'),
      ].join('\n'),
    );
    expect(runbook.intro.map((span) => textAt(runbook, span))).toEqual(['Hello.\n\n> Note']);
    expect(runbook.steps.map(({ leadIn }) => leadIn?.map((span) => textAt(runbook, span)))).toEqual([
      ['## Overview\nAbout.\n## Steps\nRead this.'],
      ['### Notes\nMind.'],
    ]);
  });
});
