import { describe, expect, test } from 'vitest';
import { languageOf, languages, runnableLabels } from '../../src/languages/languages.ts';
import { looksLikeCommand } from '../../src/languages/recognition/looks-like-command.ts';

describe('languages', () => {
  test.each([
    ['sh', 'sh', 'shell'],
    ['ShellSession', 'sh', 'shell'],
    ['BASH', 'bash', 'shell'],
    ['py', 'python', 'interpreter'],
    ['js', 'node', 'interpreter'],
    ['postgresql', 'psql', 'sql'],
    ['http', 'http', 'http'],
  ])('%s is run as %s, a %s language', (label, id, family) => {
    expect(languageOf(label)).toMatchObject({ id, family });
  });

  test.each(['text', 'json', 'yaml', 'diff', 'output', '', 'constructor'])('%j is prose', (label) => {
    expect(languageOf(label)).toBe(undefined);
  });

  test('give every label to one language', () => {
    const labels = languages.flatMap((language) => language.labels);
    expect(runnableLabels()).toEqual(labels);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toEqual(labels.map((label) => label.toLowerCase()));
  });
});

describe('looksLikeCommand', () => {
  test.each([
    'kubectl get pods',
    '$ ls',
    'sudo systemctl restart x',
    './run.sh -v',
    'FOO=1 make',
    '/usr/bin/env x',
    'export A=b',
  ])('%j does', (line) => {
    expect(looksLikeCommand(line)).toBe(true);
  });

  test.each([
    'NAME  READY',
    'The pod',
    'make is a tool',
    '{"a": 1}',
    'server {',
    '/etc/passwd:',
    '',
    'apiVersion: v1',
  ])('%j does not', (line) => {
    expect(looksLikeCommand(line)).toBe(false);
  });
});
