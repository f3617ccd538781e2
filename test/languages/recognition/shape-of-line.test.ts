import { expect, test } from 'vitest';
import { shapeOfLine } from '../../../src/languages/recognition/shape-of-line.ts';

/** One line for each way in which a line can be of a shape. */
const lines = {
  "a tag of a site's generator": ['{{< tabs >}}', '{{% note %}}', 'x {% if a %}'],
  Markdown: ['```sh', '~~~'],
  'a diff': ['diff --git a/x b/x', '@@ -1 +1,2 @@', '--- a/x', '+++ /dev/null', '--- x 2026-01-02'],
  'a table': ['+--+--+', '| a | b |', '-----', '=== ===', '┌──┐'],
  'a listing': [
    '-rw-r--r-- 1 root',
    'drwxr-xr-x. 2 root',
    'total 12',
    '(3 rows)',
    'Query OK, 1 row affected',
    'pod/web-0 created',
    'deployment.apps/web condition met',
    'deployment "web" successfully rolled out',
  ],
  'a log': [
    '2026-01-02T03:04:05Z up',
    '[2026/01/02 03:04:05] up',
    'Mon Jan 12 2026 03:04:05',
    '[Fri Jan 12 03:04:05]',
    'I0102 03:04:05 up',
    'time=3 level=info',
    'INFO: up',
    '[WARN] up',
    'Error: no',
    'fatal error: no',
    'warning: no',
  ],
  'a stack trace': [
    'Traceback (most recent call last):',
    'at main.run(',
    'File "x.py", line 3',
    'goroutine 1 [',
    'panic: no',
    'Caused by: no',
    'Exception in thread main',
  ],
  'XML or HTML': ['<?xml version="1.0"?>', '<!DOCTYPE html>', '<!-- x', '</p>', '<a b="c">d</a>'],
  JSON: ['"a": 1', '{', '[ "a"', ' "a",', '["a"],', '}}],', '}, {'],
  'an address': ['https://example.org/x', 'git+ssh://example.org'],
  'a list': ['- a', '• a', '12) a', '✓ done', '☑'],
  'a synopsis': ['usage: x', 'SYNTAX: x', '用法：x', '使い方: x'],
  'a query': [
    'up{job="a"}',
    'sum by(a) (b)',
    'SELECT 1',
    'SHOW TABLES',
    'GRANT ALL',
    'EXPLAIN x',
    'select a from b',
    'show tables;',
    'insert into x',
    'UPDATE x SET y',
    'delete from x',
    'Create Table x',
    'alter user x',
    'drop view x',
  ],
  'another language': ['const a = 1', 'def a():', 'import os', 'a.b(c)', '// x', '#include <a>'],
  'a configuration': ['[main]', 'a = b', 'server {', 'FROM a:b AS c', 'COPY a b', 'a.b=c'],
};

test.each(Object.entries(lines))('what is %s', (shape, written) => {
  expect(written.map((line) => [line, shapeOfLine(line)])).toEqual(written.map((line) => [line, shape]));
});

test('commands are none of them', () => {
  const commands = [
    'systemctl restart web',
    'kubectl get pods/web -o wide',
    'tar -xzf a.tgz',
    'select-editor',
  ];
  expect(commands.filter((line) => shapeOfLine(line) !== undefined)).toEqual([]);
});
