import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { fixedAnswers } from '../../src/cli/fixed-answers.ts';

const starter = new URL('../../dist/runsheet.js', import.meta.url).pathname;

test('the built start-up file answers each of them with the same text', () => {
  const answers = fixedAnswers();
  for (const { args, text } of answers) {
    expect(execFileSync(process.execPath, [starter, ...args], { encoding: 'utf8' })).toBe(text);
  }
  expect(answers.map(({ args }) => args.join(' '))).toEqual(
    expect.arrayContaining(['--version', '-V', '--help', '-h']),
  );
});

test('the version is the package’s', () => {
  expect(fixedAnswers().find(({ args }) => args[0] === '--version')?.text).toBe(`${packageJson.version}\n`);
});
