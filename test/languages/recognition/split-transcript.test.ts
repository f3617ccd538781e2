import { describe, expect, test } from 'vitest';
import { splitTranscript } from '../../../src/languages/recognition/split-transcript.ts';

function split(lines: readonly string[], transcript = false) {
  const found = splitTranscript(lines.join('\n'), transcript);
  return found && { commands: found.commands.split('\n'), output: found.output.split('\n') };
}

describe('splitTranscript', () => {
  test('tells prompted commands from output', () => {
    expect(split(['$ kubectl get pods', 'NAME   READY', 'web-0  1/1', '', '$ echo done', 'done'])).toEqual({
      commands: ['kubectl get pods', 'echo done'],
      output: ['NAME   READY', 'web-0  1/1', 'done'],
    });
  });

  test('leaves plain code and comments alone', () => {
    expect(split(['# a comment', 'ls', 'echo $ x'])).toBe(undefined);
    expect(split(['# apt install x', 'ls'])).toBe(undefined);
  });

  test('takes comments above a prompt neither for commands nor for output', () => {
    expect(split(['# look', '$ ls', 'a', '', '# and', '$ pwd', '/'])).toEqual({
      commands: ['ls', 'pwd'],
      output: ['a', '/'],
    });
    expect(split(['$ cat x', '# kept', '$ ls'])).toEqual({ commands: ['cat x', 'ls'], output: [''] });
    expect(split(['$ cat x', 'a', '# kept', '$ ls'])).toEqual({
      commands: ['cat x', 'ls'],
      output: ['a', '# kept'],
    });
  });

  test('follows continuations, with and without their own prompt', () => {
    expect(split(['$ kubectl get pods \\', '    -n web', 'NAME', '$ cat a |', '> sort', 'b'])).toEqual({
      commands: ['kubectl get pods \\', '    -n web', 'cat a |', 'sort'],
      output: ['NAME', 'b'],
    });
  });

  test('follows here-documents', () => {
    expect(
      split([
        '$ cat <<EOF > x',
        '$ not a prompt',
        '# no',
        'EOF',
        'out',
        "$ cat <<-'A' <<B",
        'a',
        '\tA',
        'b',
        'B',
        'end',
      ]),
    ).toEqual({
      commands: ['cat <<EOF > x', '$ not a prompt', '# no', 'EOF', "cat <<-'A' <<B", 'a', '\tA', 'b', 'B'],
      output: ['out', 'end'],
    });
  });

  test('follows quotes and compound commands', () => {
    expect(
      split([
        '$ echo "a',
        'b"',
        'a',
        'b',
        '$ for i in 1 2; do',
        '  if true; then echo $i; fi',
        'done',
        '1',
        '2',
        '$ (cd x',
        'ls)',
        'y',
      ]),
    ).toEqual({
      commands: ['echo "a', 'b"', 'for i in 1 2; do', '  if true; then echo $i; fi', 'done', '(cd x', 'ls)'],
      output: ['a', 'b', '1', '2', 'y'],
    });
  });

  test('follows substitutions in quotes, patterns of `case`, and bodies of functions', () => {
    expect(
      split([
        '$ echo "$(',
        'date)"',
        'today',
        '$ case a in',
        'a) echo one ;; esac',
        'one',
        '$ function f {',
        'echo )',
        '}',
        '$ echo ")" "a ("',
        ') a (',
      ]),
    ).toEqual({
      commands: [
        'echo "$(',
        'date)"',
        'case a in',
        'a) echo one ;; esac',
        'function f {',
        'echo )',
        '}',
        'echo ")" "a ("',
      ],
      output: ['today', 'one', ') a ('],
    });
  });

  test('is not led astray by an apostrophe in a comment or by quotes that never end', () => {
    expect(split(["$ ls # don't", 'file', '$ echo "open', 'text', '$ ls', 'file'])).toEqual({
      commands: ["ls # don't", 'echo "open', 'text', 'ls'],
      output: ['file', 'file'],
    });
  });

  test('takes `# ` for a prompt only in a transcript whose every command carries it', () => {
    expect(split(['# systemctl status nginx', 'active', '# ls'], true)).toEqual({
      commands: ['systemctl status nginx', 'ls'],
      output: ['active'],
    });
    expect(split(['# systemctl status nginx', 'active'], false)).toBe(undefined);
    expect(split(['# look at the pods', 'kubectl get pods'], true)).toBe(undefined);
    expect(split(['# ls', 'kubectl get pods'], true)).toBe(undefined);
    expect(split(['# first of all', '# ls'], true)).toBe(undefined);
  });
});
