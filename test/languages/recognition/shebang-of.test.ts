import { expect, test } from 'vitest';
import { programOf, shebangOf } from '../../../src/languages/recognition/shebang-of.ts';

test.each([
  ['#!/bin/bash -eu\nls', ['/bin/bash', '-eu'], 'bash'],
  ['#!/usr/bin/env python3\nprint(1)', ['python3'], 'python'],
  ['#! /usr/bin/env -S deno run\r\n1', ['deno', 'run'], 'deno'],
  ['#!/usr/local/bin/ruby2.7', ['/usr/local/bin/ruby2.7'], 'ruby'],
])('%j', (code, argv, program) => {
  expect(shebangOf(code)).toEqual(argv);
  expect(programOf(argv)).toBe(program);
});

test('no other line names what runs it', () => {
  expect(['# a comment', '#!', 'ls\n#!/bin/sh', '#!bash', '#!/usr/bin/env'].map(shebangOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
