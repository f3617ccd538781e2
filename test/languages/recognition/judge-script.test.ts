import { expect, test } from 'vitest';
import { judgeScript } from '../../../src/languages/recognition/judge-script.ts';

test.each([
  ['const owner = await prisma.role.findFirst();\nconsole.log(owner);', 'prisma'],
  ['session.user.permissions = [];', 'session'],
  ["app.listen(80, () => { console.log('up'); });", 'app'],
])('JavaScript that uses what it does not have is a piece of a program: %j', (code, name) => {
  const verdict = { piece: `it uses \`${name}\`, which it does not have` };
  expect(judgeScript(code, 'node')).toEqual(verdict);
  expect(judgeScript(code, 'typescript')).toEqual(verdict);
});

test.each([
  ["const fs = require('node:fs');\nfs.rmSync('a');\nconsole.log(process.argv.length);"],
  ["import { readFileSync as read } from 'node:fs';\nconsole.log(read('a').length);"],
  ["const { a, b } = JSON.parse('{}');\nconsole.log(a.x, b.y);"],
  ['for (const one of [1, 2]) console.log(one.toFixed(2));'],
  ['function add(left, right) { return left.x + right.y; }\nconsole.log(add({}, {}));'],
  ['[1, 2].map((one) => one.toFixed()).map(two => two.length).forEach((all) => console.log(all));'],
  ["// prisma.user is no name here\nconsole.log('app.listen', `session.user ${1 + 1}`);"],
  ['try { run(); } catch (error) { console.log(error.message); }\nfunction run() {}'],
  ['os.cpus();\nconsole.log(path.join("a", "b"));'],
])('JavaScript that has all that it uses can be a script: %j', (code) => {
  expect(judgeScript(code, 'node')).toBe(undefined);
});

test.each([
  ['import os; print(os.environ["HOME"])', undefined],
  ['import json, sys; data = json.load(sys.stdin); print(data)', undefined],
  ['import os; home = "/srv"', { piece: 'it only defines things' }],
  ['import os;', { piece: 'it only defines things' }],
])('what stands behind an import in its line counts: %j', (code, verdict) => {
  expect(judgeScript(code, 'python')).toEqual(verdict);
});
