import { describe, expect, test } from 'vitest';
import { diagnosticCodes } from '../../../src/runbook/diagnostic-codes.ts';
import { lintRules, lintRunbook } from '../../../src/runbook/lint/lint-runbook.ts';
import { renderDiagnostics } from '../../../src/text/render-diagnostic.ts';
import { readCorpus } from '../../corpus.ts';
import { parse, textAt } from '../runbook-of.ts';

describe.each(lintRules.map((rule) => ({ rule, code: rule.code })))('$code', ({ rule }) => {
  test.each(rule.examples.bad)('is found in %j', (text) => {
    const { runbook, diagnostics } = parse(text);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const found = rule.check(runbook, rule.examples.known);
    expect(found.map(({ code, severity }) => ({ code, severity }))).toEqual([
      { code: rule.code, severity: rule.severity },
    ]);
  });

  test.each(rule.examples.good)('is not found in %j', (text) => {
    const { runbook, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(rule.check(runbook, rule.examples.known)).toEqual([]);
  });
});

describe('lintRunbook', () => {
  test('says of a placeholder that is declared how its variable is written', () => {
    const { runbook } = parse(
      '---\ninputs: { HOST: { default: a } }\n---\n\n## Steps\n\n```sh\nping <host> "{{HOST}}"\n```\n',
    );
    expect(
      lintRunbook(runbook).flatMap(({ code, message, help }) =>
        code === 'placeholder' ? [[message, help]] : [],
      ),
    ).toEqual([['`<host>` is a placeholder, which a run fills in with the input `HOST`', 'write `"$HOST"`']]);
  });

  test.each([
    ['sh', 'ping <host>', 'write `"$HOST"`'],
    ['sh', 'ping "a.<host>"', 'write `${HOST}` in its place'],
    ['sh', 'cat <<EOF\n<host>\nEOF', 'write `${HOST}` in its place'],
    ['sh', "cat <<'EOF'\n<host>\nEOF", 'write `${HOST}`, with no quotes around the word after `<<`'],
    [
      'sh',
      `ping '<host>'`,
      `write \`'"$HOST"'\` in its place, which ends the single quotes and begins them again`,
    ],
    ['sql', "select '<host>'", undefined],
  ])('says how the variable of a placeholder is written: %s %s', (language, code, write) => {
    const { runbook } = parse(`## Steps\n\n\`\`\`${language}\n${code}\n\`\`\`\n`);
    const found = lintRunbook(runbook).find((one) => one.code === 'placeholder');
    const declare = 'declare it: `inputs: { HOST: { description: … } }`';
    expect(found?.help).toBe(write === undefined ? declare : `${declare}, and ${write}`);
  });

  test('knows comments that ask for a change', () => {
    const { runbook } = parse('## Steps\n\n```sh\nexport ID=7 # CHANGEME\nls # <x>\n```\n');
    expect(
      lintRunbook(runbook).flatMap(({ code, message, span }) =>
        code === 'placeholder' ? [[message, span && textAt(runbook, span)]] : [],
      ),
    ).toEqual([['this comment asks for a change, which no run makes', 'CHANGEME']]);
  });

  test('says that a language has no errexit', () => {
    const { runbook } = parse('## Steps\n\n```python {errexit=false}\nprint(1)\n```\n');
    const found = lintRunbook(runbook).filter(({ code }) => code === 'errexit-without-shell');
    expect(renderDiagnostics(found, runbook.source)).toBe(
      [
        'warning[errexit-without-shell]: `errexit` does nothing for a `python` block',
        ' --> book.md:3:1',
        '  |',
        '3 | ```python {errexit=false}',
        '  | ^^^^^^^^^^^^^^^^^^^^^^^^^',
        '  = help: remove it; what fails there is a matter of the language',
      ].join('\n'),
    );
  });

  test('says what of an earlier block a block asks for in vain', () => {
    const { runbook } = parse(
      '## Steps\n\n```sh\nload a & exec 3> log\n```\n\n- again\n\n  ```sh\n  echo x >&3\n  ```\n\n```sh\ntrue; wait\n```\n\n```sh\nfc -l\n```\n',
    );
    const found = lintRunbook(runbook).filter(({ code }) => code === 'not-carried');
    expect(renderDiagnostics(found, runbook.source)).toBe(
      [
        'warning[not-carried]: descriptor 3 was closed at the end of the block that opened it',
        '  --> book.md:10:3',
        '   |',
        '10 |   echo x >&3',
        '   |   ^^^^^^^^^^',
        '   = help: put what belongs together into one block',
        '',
        'warning[not-carried]: `wait` knows no job of an earlier block',
        '  --> book.md:14:7',
        '   |',
        '14 | true; wait',
        '   |       ^^^^',
        '   = help: put what belongs together into one block',
        '',
        'warning[not-carried]: `fc` finds nothing: a run has no history',
        '  --> book.md:18:1',
        '   |',
        '18 | fc -l',
        '   | ^^^^^',
        '   = help: put what belongs together into one block',
      ].join('\n'),
    );
  });

  test('says that an approval which escalates tells nobody', () => {
    const { runbook } = parse(
      '---\napprovals: { dba: { people: [ada], timeout: 5m, on-timeout: escalate } }\n---\n\n# T\n',
    );
    const found = lintRunbook(runbook).filter(({ code }) => code === 'escalation-to-nobody');
    expect(renderDiagnostics(found, runbook.source)).toBe(
      [
        'hint[escalation-to-nobody]: the approval `dba` escalates when its time is over, and nobody is told of it',
        '  --> book.md',
        '  = help: say whom: `escalation: [{ after: approval timeout, notify: CHANNEL }]`',
      ].join('\n'),
    );
  });

  test('shows findings in source order, with carets', () => {
    const text = [
      '# T',
      '',
      '## Prerequisites',
      '',
      '```sh',
      '# restart it first',
      'sudo systemctl restart nginx',
      '```',
      '',
      '## Steps',
      '',
      '```sh',
      'kubectl -n <ns> port-forward web',
      'rm -rf /data',
      '```',
      '',
    ].join('\n');
    const { runbook } = parse(text);
    expect(renderDiagnostics(lintRunbook(runbook), runbook.source)).toBe(
      [
        'warning[mutating-check]: this changes something: it is no precondition, but a preparation, which comes first among the steps',
        ' --> book.md:7:6',
        '  |',
        '7 | sudo systemctl restart nginx',
        '  |      ^^^^^^^^^^^^^^^^^^^^^^^',
        '  = help: give the block `risk=change` (or `risk=read`, if it only looks)',
        '',
        'warning[never-ending-command]: this command goes on until somebody stops it',
        '  --> book.md:13:1',
        '   |',
        '13 | kubectl -n <ns> port-forward web',
        '   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
        '   = help: give the block `background`, `timeout=…` or `interactive`',
        '',
        'warning[placeholder]: `<ns>` is a placeholder that a run has to ask for',
        '  --> book.md:13:12',
        '   |',
        '13 | kubectl -n <ns> port-forward web',
        '   |            ^^^^',
        '   = help: declare it: `inputs: { NS: { description: … } }`, and write `"$NS"`',
        '',
        'warning[unguarded-destruction]: this destroys something, and nothing asks first',
        '  --> book.md:14:1',
        '   |',
        '14 | rm -rf /data',
        '   | ^^^^^^^^^^^^',
        '   = help: give the block `risk=destructive`, `confirm` or `approve`',
        '',
        'hint[missing-parts]: nothing says what it is for',
        '  --> book.md',
        '  = help: add a sentence below the title, or `description:`',
        '',
        'hint[missing-rollback]: nothing says how to go back when it goes wrong',
        '  --> book.md',
        '  = help: add a section `Rollback`; prose will do',
        '',
        'hint[missing-validation]: nothing says how to tell that it worked',
        '  --> book.md',
        '  = help: add a section `Verification` with a check or a checklist',
      ].join('\n'),
    );
  });

  describe('points at the command itself', () => {
    /** What is underlined, with its line, of the findings of a rule. */
    function found(code: string, text: string) {
      const { runbook } = parse(text);
      const { lines } = runbook.source;
      return lintRunbook(runbook).flatMap((one) => {
        if (one.code !== code || one.span === undefined) return [];
        const { line } = lines.placeOf(one.span.start);
        return [`${line}: ${textAt(runbook, one.span)} of ${lines.textOfLine(line)}`];
      });
    }

    test.each([
      ['in a comment', '# é rm first\nrm -rf /data', '5: rm -rf /data of rm -rf /data'],
      ['in a text', 'echo "rm"; sudo rm -rf /data', '4: rm -rf /data of echo "rm"; sudo rm -rf /data'],
      ['in a text that goes on', 'echo "\nrm it"\nrm -rf /data', '6: rm -rf /data of rm -rf /data'],
      ['in a here-document', 'cat <<E\nrm x\nE\nrm -rf /data', '7: rm -rf /data of rm -rf /data'],
      ['in another command', 'rm a\n  rm -rf <data>', '5: rm -rf <data> of   rm -rf <data>'],
      ['in a word', 'farm a\nrm -rf /data', '5: rm -rf /data of rm -rf /data'],
    ])('not at the same word %s', (_, code, place) => {
      expect(found('unguarded-destruction', `## Steps\n\n\`\`\`sh\n${code}\n\`\`\`\n`)).toEqual([place]);
    });

    test('in a list, in a quote and behind a prompt', () => {
      const block = ['```console', '$ rm a', 'rm: no', '$ echo \\', '>   rm; rm -rf /data', '```'];
      const inList = `## Steps\n\n1. Do it\n\n${block.map((line) => `   ${line}\n`).join('')}`;
      expect(found('unguarded-destruction', inList)).toEqual(['9: rm -rf /data of    >   rm; rm -rf /data']);
      const inQuote = `## Steps\n\n${block.map((line) => `> ${line}\n`).join('')}`;
      expect(found('unguarded-destruction', inQuote).map((place) => place.slice(0, 5))).toEqual(['7: rm']);
    });

    test('in SQL', () => {
      const text = '## Steps\n\n```sql\n-- DROP it\nselect 1; DROP TABLE users;\n```\n';
      expect(found('unguarded-destruction', text)).toEqual(['5: DROP of select 1; DROP TABLE users;']);
    });
  });

  test.each([
    ['unguarded-destruction', 'echo "a; rm -rf /data"', false],
    ['unguarded-destruction', 'echo a # ; rm -rf /data', false],
    ['unguarded-destruction', 'if true; then rm -rf /data; fi', true],
    ['unguarded-destruction', 'case $x in y) rm -rf /data;; esac', true],
    ['unguarded-destruction', 'echo "$(rm -rf /data)"', true],
    ['unguarded-destruction', 'sudo -u app rm -rf /data', true],
    ['unguarded-destruction', 'psql -c "\nselect 1;\ndrop table users;"', true],
    ['never-ending-command', 'tail -f a | grep b &\nc', false],
    ['never-ending-command', '(tail -f a) &\nc', false],
    ['never-ending-command', 'tail -f a &\ntail -f b', true],
    ['never-ending-command', 'case $x in yes) a;; esac', false],
    ['never-ending-command', 'for x in a; do tail -f b; done', true],
    ['needs-terminal', 'echo "select 1" | psql', false],
    ['needs-terminal', 'psql < a.sql', false],
    ['needs-terminal', 'psql', true],
    ['needs-terminal', 'command -v vim', false],
  ])('%s: %j is found: %s', (code, command, isFound) => {
    const { runbook } = parse(`## Steps\n\n\`\`\`sh\n${command}\n\`\`\`\n`);
    expect(lintRunbook(runbook).some((one) => one.code === code)).toBe(isFound);
  });

  test('says nothing that cannot be explained, of every real runbook', () => {
    const known = new Set(diagnosticCodes.map(({ code }) => code));
    expect(known.size).toBe(diagnosticCodes.length);
    const unknown = new Set<string>();
    for (const { text } of readCorpus()) {
      const { runbook, diagnostics } = parse(text);
      for (const { code, span } of [...diagnostics, ...lintRunbook(runbook)]) {
        if (!known.has(code)) unknown.add(code);
        expect((span?.end ?? 0) <= runbook.source.bytes.length).toBe(true);
      }
    }
    expect([...unknown]).toEqual([]);
  });

  test('explains with examples', () => {
    expect(diagnosticCodes.find(({ code }) => code === 'secret-default')).toEqual({
      code: 'secret-default',
      summary: 'a secret input has a default, which everybody can read',
      explanation: [
        'Secrets are asked without echo, or come from the environment, a file or a command, and are never written anywhere. A default in the front matter is in the file, its history and every copy.',
        '',
        'Found in:',
        '',
        '    ---',
        '    inputs:',
        '      TOKEN: { secret: true, default: hunter2 }',
        '    ---',
        '',
        'Not in:',
        '',
        '    ---',
        '    inputs:',
        '      TOKEN: { secret: { env: API_TOKEN } }',
        '    ---',
      ].join('\n'),
    });
  });
});
