import { describe, expect, test } from 'vitest';
import { judgeCode } from '../../../src/languages/recognition/judge-code.ts';

function judge(...lines: readonly string[]): string {
  const verdict = judgeCode(lines.join('\n'));
  if (verdict.is === 'no commands') return verdict.shape;
  const known = verdict.isKnown ? 'known' : 'perhaps';
  return verdict.is === 'mixed' ? `${known}, line ${verdict.line + 1}: ${verdict.shape}` : known;
}

describe('judgeCode', () => {
  test.each([
    [['kubectl get pods', 'deployer --all'], 'known'],
    [['# all of it', 'cd /srv', './deploy.sh'], 'known'],
    [['for pod in a b; do', '  echo "$pod:"', 'done'], 'known'],
    [['cat <<EOF >x', '{ "a": 1 }', 'key: value', 'EOF'], 'known'],
    [['curl -X POST \\', '  -d "{', '    \\"a\\": 1', '  }" http://x'], 'known'],
    [['f() {', '  Whatever: 1', '}', 'f'], 'known'],
    [['cat <<EOF >x.md', '```sh', 'EOF'], 'known'],
    [['(cd x && make)'], 'known'],
    [['[ -f x ] && rm x'], 'known'],
    [['REGION=eu', 'export ZONE=a'], 'known'],
    [['"$HOME/bin/deploy" all'], 'known'],
    [['gaia init'], 'perhaps'],
    [['7z x a.7z'], 'known'],
    [['/opt/tool/bin/tool'], 'perhaps'],
    [['/etc/init.d/web', '/var/lib/hooks/after'], 'perhaps'],
  ])('%j is commands', (lines, expected) => {
    expect(judge(...lines)).toBe(expected);
  });

  test.each([
    [['NAME   READY   STATUS', 'web-0  1/1     Running'], 'a table'],
    [['+----+', '| id |', '+----+'], 'a table'],
    [['{', '  "a": 1,', '  "b": [', '    2', '  ]', '}'], 'JSON'],
    [['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: a'], 'YAML'],
    [['/etc/kubernetes        # All config', '/var/lib/etcd          # the data', '~/.kube'], 'text'],
    [['default_runtime = "crun"'], 'a configuration'],
    [['[Unit]', 'Description=Web server', 'After=network.target'], 'a configuration'],
    [['2026-01-01T10:00:00Z start', '2026-01-01T10:00:01Z stop'], 'a log'],
    [['I1126 17:15:38.991090    3069 rpm-ostree.go:243] Executing'], 'a log'],
    [['diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -1,2 +1,2 @@'], 'a diff'],
    [['Traceback (most recent call last):', '  File "a.py", line 1'], 'a stack trace'],
    [['<configuration>', '  <a>1</a>', '</configuration>'], 'XML or HTML'],
    [['https://example.org/x'], 'an address'],
    [['- kubectl (v1.28+)', '- docker'], 'a list'],
    [['usage: foo [OPTIONS] FILE'], 'a synopsis'],
    [['foo [OPTIONS] COMMAND [ARGS]...'], 'a synopsis'],
    [['up{job="api"}'], 'a query'],
    [['SELECT * FROM users;'], 'a query'],
    [['select name from users'], 'a query'],
    [['Select an org:'], 'text'],
    [['error: Transaction in progress: (null)'], 'a log'],
    [['deployment.apps/web configured', 'service/web unchanged'], 'a listing'],
    [['-rw-r--r-- 1 root root 12 Jan 1 a'], 'a listing'],
    [['Checking versions...', "Everything's fine."], 'text'],
    [['```sh', 'ls', '```'], 'Markdown'],
    [['# TODO: what is the command?'], 'nothing but comments'],
    [['# by hand', '', '# in the console'], 'nothing but comments'],
  ])('%j is none', (lines, expected) => {
    expect(judge(...lines)).toBe(expected);
  });

  test.each([
    [['kubectl get pods', 'NAME   READY   STATUS', 'web-0  1/1     Running'], 'known, line 2: a table'],
    [['Checking versions...', 'echo upgrade --all'], 'perhaps, line 1: text'],
    [['export A=1', 'curl ... -d "$A" https://a.test/'], 'known, line 2: elision'],
    [['kubectl get pods', 'It runs.', 'kubectl get ns', '...', '...'], 'known, line 4: elision'],
    [['kubectl apply -f a.yaml', '...', 'kubectl get pods'], 'known, line 2: elision'],
  ])('%j is both', (lines, expected) => {
    expect(judge(...lines)).toBe(expected);
  });
});
