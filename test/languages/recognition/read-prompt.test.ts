import { expect, test } from 'vitest';
import { readPrompt } from '../../../src/languages/recognition/read-prompt.ts';

/** What reads the line, the place that its prompt names, and what is typed. */
function read(line: string): string {
  const prompt = readPrompt(line);
  if (prompt === undefined) return 'none';
  return [prompt.reader, prompt.place ?? '-', line.slice(prompt.length)].join(' | ');
}

test.each([
  ['$ ls', 'shell | - | ls'],
  ['  $ ls', 'shell | - | ls'],
  ['$> ls', 'shell | - | ls'],
  ['% ls', 'shell | - | ls'],
  ['# ls', 'shell | - | ls'],
  ['> ls', 'shell | - | ls'],
  ['(venv) $ pip list', 'shell | - | pip list'],
  ['user@host:~$ ls', 'shell | - | ls'],
  ['ada@db1:/etc/nginx$ ls', 'shell | db1 | ls'],
  ['root@db1:~# ls', 'shell | db1 | ls'],
  ['(base) ada@mac ~ % ls', 'shell | mac | ls'],
  ['ada@web1 ~/src> ls', 'shell | web1 | ls'],
  ['[root@db ~]# ls', 'shell | db | ls'],
  ['[ada@localhost src]$ ls', 'shell | - | ls'],
  ['MacBook:~ ada$ ls', 'shell | - | ls'],
  ['replica$ pg_ctl promote', 'shell | replica | pg_ctl promote'],
  ['sh-5.1# crio version', 'shell | sh-5.1 | crio version'],
  ['/ # ls', 'shell | - | ls'],
  ['~/src$ make', 'shell | - | make'],
  ['➜  web git:(main) ✗ make', 'shell | - | make'],
  ['PS C:\\> Get-Service', 'powershell | powershell | Get-Service'],
  ['C:\\Users\\ada> dir', 'cmd | cmd | dir'],
  ['mysql> select 1;', 'mysql | mysql | select 1;'],
  ['MariaDB [(none)]> select 1;', 'mysql | mysql | select 1;'],
  ['postgres=# \\dt', 'psql | psql | \\dt'],
  ['shop=> select 1;', 'psql | psql | select 1;'],
  ['127.0.0.1:6379> ping', 'redis-cli | redis-cli | ping'],
  ['rs0:PRIMARY> rs.status()', 'mongosh | mongosh | rs.status()'],
  ['root@:26257/defaultdb> show tables;', 'sql | sql | show tables;'],
  ['>>> print(1)', 'python | python | print(1)'],
  ['irb(main):001:0> 1 + 1', 'irb | irb | 1 + 1'],
  ['sqlite> .tables', 'sqlite | sqlite | .tables'],
  ['switch(config)# vlan 2', 'switch | switch | vlan 2'],
  ['ls', 'none'],
  ['$HOME/bin/x', 'none'],
  ['#comment', 'none'],
  ['echo a > b', 'none'],
  ['cat a >b', 'none'],
  ['git@github.com:a/b.git', 'none'],
  ['', 'none'],
])('%j', (line, expected) => {
  expect(read(line)).toBe(expected);
});
