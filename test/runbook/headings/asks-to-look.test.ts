import { describe, expect, test } from 'vitest';
import { asksToAct, asksToLook } from '../../../src/runbook/headings/asks-to-look.ts';
import { ofText } from '../regions/result-laws.ts';

const block = '```sh\ntrue\n```\n';
const stepsOf = (text: string) =>
  ofText(text).steps.map(({ section, name, manual }) => `${section} ${name}${manual ? ' by hand' : ''}`);

test.each([
  ['Look at the dashboard', ''],
  ['3. Is the database up?', ''],
  ['Error rate', 'Is it above 5 %?'],
  ['检查日志', ''],
])('%j with %j asks to look', (title, prose) => {
  expect(asksToLook(title, prose)).toBe(true);
});

test('what only tells does not ask', () => {
  expect(asksToLook('Error rate', 'It is above 5 % then.')).toBe(false);
  expect(asksToAct('Deployments')).toBe(false);
});

test.each(['Notify the team', 'Block deployments', '通知团队'])('%j asks to act', (title) => {
  expect(asksToAct(title)).toBe(true);
});

describe('what a person does is a step', () => {
  test('below a diagnosis', () => {
    expect(
      stepsOf(
        `# X\n\n## Diagnosis\n\n### Look at the graph\n\nIs it up?\n\n### Uptime\n\n${block}\n## Steps\n\n${block}`,
      ),
    ).toEqual(['diagnosis look-at-the-graph by hand', 'diagnosis uptime', 'steps steps']);
  });

  test('beside headings with work, on every level', () => {
    for (const top of ['', '# X\n\n'])
      expect(stepsOf(`${top}## Block deployments\n\nIn the settings.\n\n## Deploy\n\n${block}`)).toEqual([
        'steps block-deployments by hand',
        'steps deploy',
      ]);
  });

  test('also where nothing but its words say that a command is to be run', () => {
    const below = '1. Run `apt-get upgrade`.\n2. Run `systemctl restart api`.\n';
    expect(stepsOf(`# X\n\n## Download\n\n${block}\n## Upgrade\n\n${below}`)).toEqual([
      'steps download',
      'steps upgrade by hand',
    ]);
    const notes = '> Run `systemctl restart api`.\n\nIt runs `systemctl restart api` by itself.\n';
    expect(stepsOf(`# X\n\n## Download\n\n${block}\n## Upgrade\n\n${notes}`)).toEqual(['steps download']);
  });

  test('but not what only tells, nor where a page says where its steps are', () => {
    expect(stepsOf(`# X\n\n## Deployments\n\nOf all kinds.\n\n## Deploy\n\n${block}`)).toEqual([
      'steps deploy',
    ]);
    expect(stepsOf(`# X\n\n## Restart\n\nNot often.\n\n## Steps\n\n${block}`)).toEqual(['steps steps']);
  });
});
