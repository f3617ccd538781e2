import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import { findCommand } from '../../../src/engine/interpreters/find-command.ts';
import { findMissingInterpreters } from '../../../src/engine/interpreters/find-missing-interpreters.ts';
import { blockItem, ExecutorRig, type Ran } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

beforeEach(async () => {
  rig = await ExecutorRig.create({
    interpreters: { upper: ['tr', 'a-z', 'A-Z', '--'], shout: ['sh', '-e'] },
  });
});

afterEach(() => rig.close());

const here = { path: process.env.PATH ?? '', cwd: '/', env: {} };
const has = (command: string): boolean => findCommand(command, here) !== undefined;

const programs = [
  ['python', 'python3', 'import os, sys\nprint(os.environ["NAME"], os.getcwd(), repr(sys.stdin.read()))'],
  ['node', 'node', 'console.log(process.env.NAME, process.cwd(), "\'\'")'],
  [
    'js',
    'node',
    'import os from "node:os";\nconsole.log(process.env.NAME, process.cwd(), await Promise.resolve("\'\'"))',
  ],
  ['ruby', 'ruby', 'puts "#{ENV["NAME"]} #{Dir.pwd} \'#{STDIN.read}\'"'],
  ['perl', 'perl', 'use Cwd; print "$ENV{NAME} ", getcwd(), " \'", <STDIN>, "\'\\n";'],
  ['php', 'php', 'echo getenv("NAME"), " ", getcwd(), " \'", stream_get_contents(STDIN), "\'\\n";'],
  ['fish', 'fish', 'printf "%s %s \'%s\'\\n" $NAME $PWD (cat | string collect -a)'],
  ['shout', 'sh', 'echo "$NAME $PWD \'$(cat)\'"'],
] as const;

/** Where the code of the block stands; only one that has written its name tells it. */
function file({ stderr }: Ran, extension: string): string {
  return new RegExp(`/[^\\s:"]*/block-\\d+[.]${extension}`).exec(stderr)?.[0] ?? 'no file';
}

describe('a block of another language', () => {
  for (const [language, command, code] of programs)
    test.runIf(has(command))(
      `${language} gets environment and cwd, and an empty standard input`,
      async () => {
        mkdirSync(join(rig.folder, 'sub'));
        await rig.sh("cd sub; export NAME='it''s é'; plain=1");
        const ran = await rig.run(language, code);
        expect([ran.stdout, ran.stderr, ran.ok]).toEqual([`its é ${rig.folder}/sub ''\n`, '', true]);
        expect(readdirSync(join(rig.folder, 'sub'))).toEqual([]);
      },
    );

  test('is run by what its first line names, with the arguments there', async () => {
    const ran = await rig.run('env', '#!/usr/bin/env -S sh -u\necho "$0" | sed "s/.*[.]//"; echo "$nothing"');
    expect([ran.stdout, ran.ok]).toEqual(['txt\n', false]);
    const items = [
      blockItem('a', 'gone', '#!/opt/gone/bin/gone -x\n1'),
      blockItem('b', 'tr', '#!/usr/bin/tr a\n1'),
    ];
    expect(
      findMissingInterpreters(items, { ...here, shell: 'bash', interpreters: {} }).map(
        ({ message, help }) => `${message}; ${help}`,
      ),
    ).toEqual([
      '`gone` blocks need `/opt/gone/bin/gone`, which is not installed; its first line names it; install it or change that line',
    ]);
  });

  test('names lines of the block in its errors', async () => {
    const ran = await rig.run('python', '\nraise ValueError("no")');
    expect([ran.reason, ran.stderr]).toEqual([
      { type: 'exit', code: 1 },
      `Traceback (most recent call last):\n  File "${file(ran, 'py')}", line 2, in <module>\n    raise ValueError("no")\nValueError: no\n`,
    ]);
  });

  test.runIf(has('python3'))('is a main program in Python, which processes it spawns can load', async () => {
    writeFileSync(join(rig.folder, 'beside.py'), 'word = "beside"\n');
    const ran = await rig.run(
      'python',
      [
        'from __future__ import annotations',
        'import multiprocessing as mp, os, sys, beside',
        'def square(x): return x * x',
        'if __name__ == "__main__":',
        '    with mp.get_context("spawn").Pool(1) as pool: print(pool.map(square, [1, 2, 3]))',
        '    print(beside.word, sys.argv == [__file__], os.path.basename(__file__), sys.path[0] == "", sorted(n for n in globals() if not n.startswith("__")))',
      ].join('\n'),
    );
    expect([ran.stderr, ran.stdout]).toEqual([
      '',
      "[1, 4, 9]\nbeside True block-1.py True ['annotations', 'beside', 'mp', 'os', 'pool', 'square', 'sys']\n",
    ]);
    expect((await rig.run('python', 'import sys\nsys.exit(4)')).reason).toEqual({ type: 'exit', code: 4 });
    const unread = await rig.run('python', 'x = 1\nif:\n');
    expect(unread.stderr).toBe(
      `  File "${file(unread, 'py')}", line 2\n    if:\n      ^\nSyntaxError: invalid syntax\n`,
    );
  });

  test.runIf(has('node'))('runs once in Node where it is called as what is loaded before it', async () => {
    const named = { address: address('resolve-from-working-folder') };
    expect((await rig.run('js', 'console.log("once");', named)).stdout).toBe('once\n');
  });

  test.runIf(has('node'))(
    'is the main module in Node, and finds its modules from the working folder',
    async () => {
      mkdirSync(join(rig.folder, 'node_modules/pkg'), { recursive: true });
      writeFileSync(join(rig.folder, 'node_modules/pkg/index.js'), 'module.exports = "package";\n');
      writeFileSync(join(rig.folder, 'beside.js'), 'module.exports = "beside";\n');
      writeFileSync(join(rig.folder, 'beside.mjs'), 'export default "module";\n');
      const common = await rig.run(
        'js',
        [
          'if (require.main === module && require("worker_threads").isMainThread)',
          '  import("./beside.mjs").then((m) => console.log(require("./beside"), require("pkg"), m.default));',
          'const { Worker, isMainThread } = require("worker_threads");',
          'if (isMainThread) new Worker(__filename); else console.log("worker", require("./beside"));',
        ].join('\n'),
      );
      expect([common.stderr, common.stdout.split('\n').sort()]).toEqual([
        '',
        ['', 'beside package module', 'worker beside'],
      ]);
      const module = await rig.run(
        'js',
        [
          'import { pathToFileURL } from "node:url";',
          'import beside from "./beside.mjs"; import pkg from "pkg"; import { createRequire } from "node:module";',
          'if (import.meta.url === pathToFileURL(process.argv[1]).href)',
          '  console.log(beside, pkg, createRequire(import.meta.url)("./beside"));',
          'throw new Error("no");',
        ].join('\n'),
      );
      expect([module.stdout, module.stderr.split('\n')[0]]).toEqual([
        'module package beside\n',
        `${pathToFileURL(file(module, 'mjs')).href}:5`,
      ]);
      expect((await rig.run('js', 'await new Promise(() => {});')).reason).toEqual({
        type: 'exit',
        code: 13,
      });
    },
  );

  test.runIf(has('ruby'))('is the program of its own file in Ruby and Perl', async () => {
    const ruby = await rig.run('ruby', 'puts DATA.read if __FILE__ == $0\n__END__\ndata');
    const perl = await rig.run('perl', 'print scalar <DATA> unless caller; die;\n__END__\ndata');
    expect([ruby.stdout, perl.stdout, perl.stderr]).toEqual([
      'data\n',
      'data\n',
      `Died at ${file(perl, 'pl')} line 1, <DATA> line 1.\n`,
    ]);
  });

  test('keeps both streams apart, and its signal', async () => {
    const ran = await rig.run(
      'perl',
      '$| = 1; print "out\\n"; print STDERR "err\\n"; kill "TERM", $$; sleep 10;',
    );
    expect([ran.stdout, ran.stderr, ran.reason]).toEqual([
      'out\n',
      'err\n',
      { type: 'signal', signal: 'SIGTERM' },
    ]);
  });

  test('that is not installed is refused with words', async () => {
    expect((await rig.run('cobol', 'x')).reason).toEqual({
      type: 'spawn',
      message: '`cobol` is not a language that blocks can be run in',
    });
    await rig.sh('PATH=/nonexistent');
    expect((await rig.run('python', 'x')).reason).toEqual({
      type: 'spawn',
      message: '`python` blocks need `python3` or `python`, which is not installed; install python3',
    });
  });
});

describe('before a run', () => {
  const settings = { shell: 'bash', interpreters: { awk: ['gawk-missing', '-f'] }, ...here };

  test('everything that is missing is said once, at its first block', () => {
    const found = findMissingInterpreters(
      [
        blockItem('a', 'sh', 'true'),
        blockItem('b', 'ruby', 'puts 1', { line: 7 }),
        blockItem('c', 'rb', 'puts 2', { line: 9 }),
        blockItem('d', 'pyhton', 'x', { line: 11 }),
        blockItem('e', 'awk', 'x', { line: 13 }),
        blockItem('f', 'node', 'x', { line: 15 }),
        blockItem('g', 'http', 'x', { line: 17 }),
        blockItem('h', 'mariadb', 'x', { line: 19 }),
        blockItem('i', 'sql', 'x', { line: 21 }),
      ],
      { ...settings, path: '/nonexistent', env: { SQLITE_DB: 'x.db' } },
    );
    expect(found).toEqual([
      {
        code: 'missing-interpreter',
        severity: 'error',
        address: 'a',
        line: 1,
        message: '`sh` blocks need `bash`, which is not installed',
        help: 'install bash, or set `shell:` in the front matter',
      },
      {
        code: 'missing-interpreter',
        severity: 'error',
        address: 'b',
        line: 7,
        message: '`ruby` blocks need `ruby`, which is not installed',
        help: 'install ruby',
      },
      {
        code: 'unknown-interpreter',
        severity: 'error',
        address: 'd',
        line: 11,
        message: '`pyhton` is not a language that blocks can be run in',
        label: 'did you mean `python`?',
        help: 'name its interpreter in the front matter, `interpreters: { LABEL: [command, argument] }`',
      },
      {
        code: 'missing-interpreter',
        severity: 'error',
        address: 'e',
        line: 13,
        message: '`awk` blocks need `gawk-missing`, which is not installed',
        help: '`interpreters: awk` names it; install it or change the runbook',
      },
      {
        code: 'missing-interpreter',
        severity: 'error',
        address: 'h',
        line: 19,
        message: '`mariadb` blocks need `mariadb` or `mysql`, which is not installed',
        help: 'install mariadb-client or mysql-client',
      },
      {
        code: 'missing-interpreter',
        severity: 'error',
        address: 'i',
        line: 21,
        message: '`sql` blocks need `sqlite3`, which is not installed',
        help: 'install sqlite3',
      },
    ]);
  });

  test('relative commands of the runbook are found from where the run starts', () => {
    const tool = join(rig.folder, 'tool');
    writeFileSync(tool, '#!/bin/sh\n');
    chmodSync(tool, 0o755);
    const items = [blockItem('a', 'mine', 'x')];
    const mine = { ...settings, interpreters: { mine: ['./tool'] } };
    expect(findMissingInterpreters(items, { ...mine, cwd: rig.folder })).toEqual([]);
    expect(findMissingInterpreters(items, mine)).toHaveLength(1);
  });
});
