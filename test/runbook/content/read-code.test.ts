import { describe, expect, test } from 'vitest';
import type { Block } from '../../../src/runbook/runbook.ts';
import { parse, problems, textAt } from '../runbook-of.ts';

function blockOf(before: string, info: string, code: string): Block | undefined {
  const { runbook } = parse(
    `## Steps\n\n${before}\n\n\`\`\`${info}\n${code}\n\`\`\`\n\nAnd call the desk.\n`,
  );
  return runbook.steps
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.type === 'block' ? [part.block] : []))
    .at(0);
}

/** What is run, or what the block is instead. */
function read(before: string, info: string, code: string): string {
  const block = blockOf(before, info, code);
  if (block?.runnable) return `${block.language}: ${block.console?.commands ?? block.code}`;
  return block?.shown ?? 'prose';
}

describe('a block is shown and not run', () => {
  test.each([
    ['Example output:', 'bash', 'upgraded all', 'output'],
    ['Look:', 'console', 'NAME   READY\nweb-0  1/1', 'a table'],
    ['Add this to `/etc/hosts`:', 'sh', 'include common', 'the content of a file'],
    ['Add this to `/etc/rc.local`:', 'sh', 'rm -rf /x >/dev/null', 'the content of a file'],
    ['Save this to `/usr/local/bin/purge`:', 'sh', '#!/bin/bash\nrm -f /x >>log', 'the content of a file'],
    ['Edit the script file for `a.sh` first:', 'bash', '#!/bin/sh\nrm -f /x', 'the content of a file'],
    ['**purge.py**', 'sh', '#!/usr/bin/env python3\nprint(1)', 'the content of a file'],
    ['Do:', 'console', 'mysql> select 1;\n+---+\n| 1 |\n+---+', 'what was typed into `mysql`'],
    ['Do:', 'sh', 'PS C:\\> Get-Service', 'what was typed into `powershell`'],
    ['Do:', 'sh', '# TODO', 'nothing but comments'],
    ['`app.js`:', 'javascript', 'listen(80)', 'the content of a file'],
    ['Do:', 'js', '{\n  "a": 1\n}', 'JSON'],
    ['Do:', 'sql', '+---+\n| 1 |\n+---+', 'a table'],
    ['Do:', 'text', 'ls', 'prose'],
  ])('%j before `%s` %j', (before, info, code, expected) => {
    expect(read(before, info, code)).toBe(expected);
  });
});

describe('a block runs', () => {
  test.each([
    ['Run the following command to see the output:', 'bash', 'ls', 'bash: ls'],
    ['Create the file `a`:', 'bash', 'cat >a <<EOF\nx: y\nEOF', 'bash: cat >a <<EOF\nx: y\nEOF'],
    ['Create `a.yaml`:', 'sh', 'kubectl get x -o yaml > a.yaml', 'sh: kubectl get x -o yaml > a.yaml'],
    ['Update `a.yaml`:', 'sh', 'kubectl apply -f a.yaml', 'sh: kubectl apply -f a.yaml'],
    ['Add a cron job:', 'sh', 'kubectl create cronjob x', 'sh: kubectl create cronjob x'],
    ['In `/opt/app`:', 'sh', 'rm -rf cache', 'sh: rm -rf cache'],
    ['Save this to `a.sh`:', 'sh {run}', '#!/bin/sh\nls', 'sh: #!/bin/sh\nls'],
    ['Example output:', 'sh {run}', 'NAME   READY', 'sh: NAME   READY'],
    ['Example output:', 'sh {timeout=3s}', 'NAME   READY', 'sh: NAME   READY'],
    ['Do:', 'sh', 'root@db1:~# ls\na', 'sh: ls'],
    ['Do:', 'sql', 'mysql> select 1,\n    -> 2;\n+---+', 'sql: select 1,\n2;'],
    ['Do:', 'python', '>>> for x in []:\n...   print(x)\n...', 'python: for x in []:\n  print(x)\n'],
    ['Do:', 'sh', '#!/usr/bin/env python3\nprint(1)', 'python: #!/usr/bin/env python3\nprint(1)'],
    ['Do:', 'sh', '#!/usr/bin/tclsh\nputs 1', 'tclsh: #!/usr/bin/tclsh\nputs 1'],
    ['Do:', 'zsh', '#!/bin/sh\nls', 'zsh: #!/bin/sh\nls'],
  ])('%j before `%s` %j', (before, info, code, expected) => {
    expect(read(before, info, code)).toBe(expected);
  });
});

describe('a block is doubtful', () => {
  const doubtOf = (before: string, info: string, code: string) => {
    const { runnable, doubts = [] } = blockOf(before, info, code) ?? {};
    return [runnable, ...doubts.map(({ code: kind, text }) => `${kind}: ${text}`)];
  };
  const output = 'the words before it say that it is output';
  const file = 'the words before it say that it is the content of a file';

  test.each([
    ['Example output:', 'sh', 'kubectl get pods', `output-as-code: ${output}`],
    ['Example output:', 'console', '$ kubectl get pods', `output-as-code: ${output}`],
    ['Do:', 'sh', 'ls -l\ntotal 48', 'output-as-code: this line is a listing'],
    [
      'Do:',
      'sh',
      '>cd /srv\n>npm -v',
      'output-as-code: its lines begin with `>`, as those behind a prompt do',
    ],
    ['Do:', 'sh', 'ls -l\nIt is done.', 'output-as-code: this line is no command'],
    ['Do:', 'sh', 'ls -l\n...', 'output-as-code: something is left out here'],
    ['Do:', 'console', 'deploy all', 'output-as-code: no prompt tells its commands from output'],
    ['Do:', 'python', 'import os\nx = 1', 'output-as-code: it only defines things'],
    ['Do:', 'python', 'from a.b import c\nx = c(1)', 'output-as-code: nothing shows what comes of it'],
    ['Do:', 'ts', '// File: src/a.ts:9-20\nf();', 'output-as-code: it is a part of a program'],
    ['Do:', 'ts', 'private f() {\n  g();\n}', 'output-as-code: it is a part of a program'],
    ['Do:', 'js', "import { a } from '../a';\na();", 'output-as-code: it is a part of a program'],
    ['Do:', 'ruby', 'a\n# ...\nb', 'output-as-code: something is left out of it'],
    ['Create the file `a.py`:', 'python', 'print(1)', `output-as-code: ${file}`],
    ['Save this to `/usr/local/bin/purge`:', 'sh', 'rm -f /x', `output-as-code: ${file}`],
    ['Create a file named `purge.sh`:', 'sh', 'rm -f /x', `output-as-code: ${file}`],
    ['Put this in your CI pipeline:', 'sh', 'rm -f /x', `output-as-code: ${file}`],
    ['Add this to `/etc/rc.local`:', 'sh', 'cp /a /b', `output-as-code: ${file}`],
    ['Do:', 'sh', 'root@db1:~# ls', 'session: its prompts are those of `db1`, and it would run here'],
    [
      'Do:',
      'sh',
      '$ mysql\nmysql> select 1;',
      'session: its prompts are those of `mysql`, and it would run here',
    ],
    ['Do:', '', 'ls', 'unlabelled: it looks like commands and has no label'],
    ['Do:', '', '$ anything', 'unlabelled: it looks like commands and has no label'],
  ])('%j before `%s` %j', (before, info, code, expected) => {
    expect(doubtOf(before, info, code)).toEqual([true, expected]);
  });

  test.each([
    ['Example output:', 'sh {run}', 'kubectl get pods'],
    ['Do:', 'sh {host=db1}', 'root@db1:~# ls'],
    ['Do:', 'console', 'kubectl get pods'],
    ['Do:', 'console', 'user@host:~$ anything'],
    ['Do:', 'python', 'import os\nprint(os.getcwd())'],
    ['Do:', 'js', 'let n = 0; const timer = setInterval(() => {\n  n += 1;\n}, 20);'],
  ])('%j before `%s` %j is not', (before, info, code) => {
    expect(doubtOf(before, info, code)).toEqual([true]);
  });

  test.each([
    ['{terminal}', ':copy:\n:user:\nsudo apt update', ['sudo apt update']],
    ['{terminal}', '$ ls\na\n$ pwd', ['ls', 'pwd']],
    ['{code-block} bash', 'ls', ['ls']],
    ['{code-block} yaml', 'ls: 1', undefined],
    ['{note}', 'ls', undefined],
  ])('the commands of `%s` %j', (info, code, commands) => {
    expect(blockOf('Do:', info, code)?.console?.commands.split('\n')).toEqual(commands);
    const text = `it looks like commands, and \`${info.split(' ')[0]}\` is not a label that is run`;
    expect(doubtOf('Do:', info, code)).toEqual(
      commands === undefined ? [false] : [true, `unlabelled: ${text}`],
    );
  });

  test('and its place is the line that gives rise to it', () => {
    const { runbook } = parse('## Steps\n\n> ```sh\n> ls -l\n> total 48\n> ```\n');
    const blocks = runbook.steps.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'block' ? part.block : [])),
    );
    expect(blocks.flatMap(({ doubts = [] }) => doubts.map(({ span }) => textAt(runbook, span)))).toEqual([
      'total 48',
    ]);
  });

  test('a heading that says so settles it', () => {
    const { runbook } = parse('## Steps {run}\n\nExample output:\n\n```sh\nls\n```\n');
    expect(runbook.steps.flatMap(({ parts }) => parts)).toMatchObject([
      { type: 'prose' },
      { type: 'block', block: { runnable: true } },
    ]);
  });
});

test('a second output block is an error where one is compared with', () => {
  const text = (info: string) =>
    `## Steps\n\n\`\`\`${info}\necho hi\n\`\`\`\n\n\`\`\`output\nhi\n\`\`\`\n\n\`\`\`output\nhello\n\`\`\`\n`;
  expect(problems(text('sh {expect=output}'))).toBe(
    [
      'error[second-output]: `expect=output` compares with one block, and this is a second one',
      '  --> book.md:11:1',
      '   |',
      '11 | ```output',
      '   | ^^^^^^^^^',
      '   = help: put both into one `output` block, or label this one `text`',
    ].join('\n'),
  );
  expect(problems(text('sh'))).toBe('');
});
