// Tests runbooks/tour.md: what a newcomer meets, run by nobody and run by a person.
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { resultsOf, runLogOf, statusesOf } from './document-results.ts';
import { expectExit, Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const unattended = ['run', 'tour.md', '--yes', '--manual', 'skip'];

test('the tour ends well when nobody is there, and leaves nothing behind', async () => {
  const rig = await Rig.create();
  await rig.copy('runbooks/tour.md');

  expectExit(await rig.run(unattended), 0);

  const document = await rig.file('tour.md');
  expect(statusesOf(document)).toEqual({
    'there-is-room-for-a-temporary-folder': 'passed',
    'make-a-place': 'passed',
    'still-here': 'passed',
    'keep-an-answer-for-later': 'passed',
    'guest-book': 'passed',
    'make-the-shelf': 'passed',
    'make-the-shelf-again': 'already done',
    'party-like-it-is': 'skipped',
    'count-the-shelves': 'passed',
    'slow-service': 'passed',
    'meet-your-colleagues': 'skipped',
    'remember-the-three-keys-to-calm': 'skipped',
    'the-guest-book-holds-your-name': 'passed',
    'service-is-up': 'passed',
    'remove-the-playground': 'passed',
  });
  const results = resultsOf(document);
  expect(results['make-a-place']?.output).toMatch(/^Welcome! We play in .*runsheet-tour\.\w{6}\n$/);
  expect(results['the-guest-book-holds-your-name']?.output).toMatch(/^\S+ was here\n$/);
  expect(runLogOf(document).map((row) => row[2])).toEqual(['✔ succeeded']);
  expect(await readdir(rig.temporaryFolder)).toEqual([]);
});

test('the tour greets as it is told to', async () => {
  const rig = await Rig.create();
  await rig.copy('runbooks/tour.md');
  const greeting = 'Good "morning", $USER `id`';
  expectExit(await rig.run([...unattended, '--set', `GREETING=${greeting}`]), 0);
  const { output } = resultsOf(await rig.file('tour.md'))['make-a-place'] ?? {};
  expect(output?.startsWith(`${greeting}! We play in `)).toBe(true);
});

test('a second tour replaces the results of the first, and adds one row to the run log', async () => {
  const rig = await Rig.create();
  await rig.copy('runbooks/tour.md');
  expectExit(await rig.run(unattended), 0);
  const first = await rig.file('tour.md');
  expectExit(await rig.run(unattended), 0);
  const second = await rig.file('tour.md');
  expect(statusesOf(second)).toEqual(statusesOf(first));
  expect(runLogOf(second)).toHaveLength(2);
});

test('without --manual skip the tour pauses where a person is needed', async () => {
  const rig = await Rig.create();
  await rig.copy('runbooks/tour.md');
  expectExit(await rig.run(['run', 'tour.md', '--yes']), 5);
  const statuses = statusesOf(await rig.file('tour.md'));
  expect(statuses['slow-service']).toMatch(/^(passed|running)$/);
  expect(statuses['service-is-up']).toBeUndefined();
});

test('a tour that may not begin changes nothing', async () => {
  const rig = await Rig.create();
  await rig.copy('runbooks/tour.md');
  expectExit(await rig.run(unattended, { env: { TMPDIR: rig.path('nowhere') } }), 4);
  expect(statusesOf(await rig.file('tour.md'))).toEqual({ 'there-is-room-for-a-temporary-folder': 'failed' });
});

test('a newcomer is led through the tour, and finds what happened in the file', async () => {
  const rig = await Rig.create();
  await rig.copy('runbooks/tour.md');
  // So many rows that nothing scrolls away: the whole walk is one screen.
  const terminal = rig.terminal(['run', 'tour.md', '--surface', 'prompt'], { cols: 90, rows: 300 });
  let asked = 0;
  const answer = async (question: string, typed: string) => {
    asked += 1;
    const isOpen = (lines: string[]) => {
      const questions = lines.filter((line) => line.startsWith('? '));
      const keysShown = /(help|submit)$/.test(lines.findLast((line) => line !== '') ?? '');
      return (
        questions.length === asked && questions[asked - 1]?.startsWith(`? ${question}`) === true && keysShown
      );
    };
    await terminal.waitUntil(isOpen, `question ${asked}: ${question}`);
    terminal.type(typed);
  };

  await terminal.waitFor('1  GREETING       Welcome (default): How the tour greets you');
  terminal.type(keys.enter);
  asked += 1;
  // The check of the precondition is not asked about, nor what is already done or does not apply.
  for (let block = 1; block <= 7; block += 1) await answer('Run this block?', keys.enter);
  await answer('This is for you to do. Done?', keys.enter);
  await answer('Tick what is done', 'a');
  terminal.type(keys.enter);
  // The line of the checklist is no question any more once it is answered.
  asked -= 1;
  await answer('Run this block?', keys.enter);

  expect((await terminal.ended).exitCode).toBe(0);
  const document = await rig.file('tour.md');
  expect(statusesOf(document)).toMatchObject({
    'make-a-place': 'passed',
    'make-the-shelf-again': 'already done',
    'meet-your-colleagues': 'done',
    'remember-the-three-keys-to-calm': 'done',
    'remove-the-playground': 'passed',
  });
  expect(document).toContain('- [x] I can stop at any time, and come back later\n');
  expect(runLogOf(document).map((row) => row[2])).toEqual(['✔ succeeded']);
  expect(await readdir(rig.temporaryFolder)).toEqual([]);
});
