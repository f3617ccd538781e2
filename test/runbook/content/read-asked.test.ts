import { describe, expect, test } from 'vitest';
import type { Step } from '../../../src/runbook/runbook.ts';
import { parse } from '../runbook-of.ts';

const block = (code = 'make a', indent = '') => [
  '',
  `${indent}\`\`\`sh`,
  `${indent}${code}`,
  `${indent}\`\`\``,
  '',
];

/** What a run comes to, in its order: blocks, steps for a person, and what the words between blocks ask. */
function courseOf(...lines: readonly string[]): readonly string[] {
  const ofStep = (step: Step): readonly string[] => [
    ...(step.manual ? [`by hand: ${step.title}`] : []),
    ...step.parts.flatMap((part) => {
      if (part.type === 'block') return part.block.runnable ? [part.block.code] : [];
      return part.type === 'prose' && part.asks ? [`asked: ${part.asks.text}`] : [];
    }),
    ...step.validation.flatMap(ofStep),
    ...step.rollback.flatMap(ofStep),
  ];
  return parse(lines.join('\n')).runbook.steps.flatMap(ofStep);
}

describe('the items of a list of work', () => {
  test('are asked at their places where others of them hold blocks', () => {
    expect(
      courseOf(
        '## Procedure',
        '### Replace the disk',
        '1. In the admin page, stop the writers.',
        '2. Take worker-3 out:',
        ...block('make out', '   '),
        '3. Pull the disk in bay 3:',
        '   the one with the red light.',
        '4. Bring it back:',
        ...block('make in', '   '),
      ),
    ).toEqual([
      'asked: In the admin page, stop the writers.',
      'make out',
      'asked: Pull the disk in bay 3: the one with the red light.',
      'make in',
    ]);
  });

  test('are also where code stands between its parts', () => {
    expect(
      courseOf(
        '## Procedure',
        '### Replace the disk',
        '1. The writers are stopped.',
        '2. Take worker-3 out:',
        ...block('make out'),
        '3. The disk is in bay 3.',
        '4. Bring it back:',
        ...block('make in'),
      ),
    ).toEqual(['asked: The writers are stopped.', 'make out', 'asked: The disk is in bay 3.', 'make in']);
  });

  test('are also where each part counts from one, and its bullets ask for what their sentences ask', () => {
    const cut = (marker: string) =>
      courseOf(
        '## Procedure',
        '### Replace the certificate',
        `${marker} Upload it:`,
        ...block('make upload'),
        `${marker} The load balancers come first, the cache behind them.`,
        `${marker} Finally trigger a build of the site.`,
        `${marker} See that it is served:`,
        ...block('make look'),
        `${marker} You're done.`,
      );
    expect({ counted: cut('1.'), bullets: cut('-') }).toEqual({
      counted: [
        'make upload',
        'asked: The load balancers come first, the cache behind them.',
        'asked: Finally trigger a build of the site.',
        'make look',
      ],
      bullets: ['make upload', 'asked: Finally trigger a build of the site.', 'make look'],
    });
  });

  test('are where a numbered list orders, or words send to a console', () => {
    expect(
      courseOf(
        '## Steps',
        '### Promote',
        ...block(),
        'Now in the console:',
        '',
        '- select the cluster',
        '- confirm with *Yes*',
        ...block('make b'),
        'Finally:',
        '',
        '1. Remove the silence.',
        '2. Update the inventory.',
      ),
    ).toEqual([
      'make a',
      'asked: select the cluster',
      'asked: confirm with Yes',
      'make b',
      'asked: Remove the silence.',
      'asked: Update the inventory.',
    ]);
  });

  test('are not where the list tells what something does, or explains', () => {
    expect(
      courseOf(
        '## Steps',
        '### Promote',
        'The script does the following:',
        '',
        '1. Stop the primary.',
        '2. Promote the replica.',
        ...block(),
        '1. The first column is the name.',
        '2. The second one is the state.',
        '',
        '> 1. Tell the team.',
        '> 2. Tell the others.',
      ),
    ).toEqual(['make a']);
  });
});

describe('what is to hold before or behind the work', () => {
  test('is one question, beside blocks as without them', () => {
    expect(
      courseOf(
        '## Prerequisites',
        '- The change is approved.',
        '- A backup has been tested.',
        ...block('df'),
        '## Steps',
        '### Do',
        ...block(),
        '## Verification',
        '- No errors in the dashboard.',
        ...block('uptime'),
      ),
    ).toEqual([
      'asked: The change is approved; A backup has been tested.',
      'df',
      'make a',
      'asked: No errors in the dashboard.',
      'uptime',
    ]);
  });

  test.each([
    ['programs', ['- `kubectl` 1.29', '- Helm is installed.']],
    ['pages', ['- [The guide](https://example.com)']],
    ['output', ['You should see:', '', '- All pods are running.']],
  ])('is no list of %s', (_what, lines) => {
    expect(courseOf('## Prerequisites', ...lines, ...block('df'), '## Steps', '### Do', ...block())).toEqual([
      'df',
      'make a',
    ]);
  });
});

describe('a clean-up', () => {
  const cleanup = (...lines: readonly string[]) =>
    courseOf('## Steps', '### Do', ...block(), '## Clean-up', ...lines).slice(1);

  test('waits for the headings, lists and sentences that are for a person', () => {
    expect(
      cleanup('### Delete it', ...block('make rid'), '### Switch the pager back on', 'Click **Enable**.'),
    ).toEqual(['make rid', 'by hand: Switch the pager back on']);
    expect(cleanup('1. Switch the pager back on.', '2. Run `rm -f /tmp/x`.')).toEqual([
      'by hand: Switch the pager back on',
      'by hand: Run rm -f /tmp/x',
    ]);
    expect(cleanup('Switch the pager back on.')).toEqual(['by hand: Clean-up']);
  });

  test.each([
    'Nothing is left behind.',
    'The job removes its files by itself.',
    'If you no longer need the cluster, delete it.',
    'Tell the team.',
    '> Click **Enable**.',
  ])('%j is nothing to wait for', (line) => {
    expect(cleanup(line)).toEqual([]);
  });
});

describe('sentences between blocks', () => {
  const between = (line: string) =>
    courseOf('## Steps', '### Do', ...block('echo a'), line, ...block('echo b')).filter((one) =>
      one.startsWith('asked'),
    );

  test('ask by any of them, and once', () => {
    const line = 'The old primary is stopped now. Click **Promote** in the console. Tell the on-call DBA.';
    expect(between(line)).toEqual([
      'asked: The old primary is stopped now. Click Promote in the console. Tell the on-call DBA.',
    ]);
  });

  test('leave work to the block right behind them, unless that only looks', () => {
    const page = (code: string) =>
      courseOf(
        '## Steps',
        '### Do',
        ...block('date'),
        'Bring the app to a halt. Move the VIP.',
        ...block(code),
      );
    expect(page('./vip.sh')).toEqual(['date', './vip.sh']);
    expect(page('ip addr show')).toEqual([
      'date',
      'asked: Bring the app to a halt. Move the VIP.',
      'ip addr show',
    ]);
  });
});

describe('a numbered list of orders below a heading of its own', () => {
  test('is done by hand beside headings with code', () => {
    expect(
      courseOf(
        '# Gateway rollback',
        '## The order',
        '1. Freeze the release channel.',
        '2. Stop new purchases: disable `BILLING`.',
        '3. The receipts stay.',
        '## Look again',
        ...block(),
      ),
    ).toEqual(['by hand: The order', 'make a']);
  });

  test('is not where it tells what something does, or what there is', () => {
    expect(
      courseOf(
        '# The gateway',
        '## How it starts',
        'The script does the following:',
        '',
        '1. Stop the primary.',
        '2. Promote the replica.',
        '## Columns',
        '1. The name.',
        '2. The state.',
        '## Start it',
        ...block(),
      ),
    ).toEqual(['make a']);
  });
});
