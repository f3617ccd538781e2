import { describe, expect, test } from 'vitest';
import { isOwnName } from '../../../src/runbook/attributes/read-attribute.ts';
import { guardWord, guardWords, squashed } from '../../../src/runbook/other-tools/guard-words.ts';
import { parse } from '../runbook-of.ts';

const codesOf = (text: string) => parse(text).diagnostics.map(({ severity, code }) => `${severity}[${code}]`);

/** Guards as authors of other tools' pages write them: never a silence. */
const spellings: readonly (readonly [written: string, meant: string | undefined])[] = [
  ['if="false"', 'when'],
  ['unless="true"', 'when="! …"'],
  ['only-if=x', 'when'],
  ['onlyIf=x', 'when'],
  ['only_when=x', 'when'],
  ['run-if=x', 'when'],
  ['condition="test -e x"', 'when'],
  ['skip-if="test -e x"', 'when="! …"'],
  ['creates=/etc/x', 'check'],
  ['idempotent=true', 'check'],
  ['skip', 'run=false'],
  ['skip=true', 'run=false'],
  ['norun', 'run=false'],
  ['no-run', 'run=false'],
  ['noexec', 'run=false'],
  ['eval=false', 'run=false'],
  ['disabled', 'run=false'],
  ['enabled=false', 'run=false'],
  ['dry-run', 'run=false'],
  ['manual', 'confirm'],
  ['prompt="Sure?"', 'confirm'],
  ['confirmation="Sure?"', 'confirm'],
  ['requireConfirmation=true', 'confirm'],
  ['ask-before', 'confirm'],
  ['pause', 'confirm'],
  ['destructive', 'risk=destructive'],
  ['dangerous=true', 'risk=destructive'],
  ['irreversible', 'risk=destructive'],
  ['read-only', 'risk=read'],
  ['require-approval=dba', 'approve'],
  ['approvers=2', 'approve'],
  ['reviewers=dba', 'approve'],
  ['four-eyes', 'approve'],
  ['max-time=30s', 'timeout'],
  ['deadline=30s', 'timeout'],
  ['timeout-minutes=3', 'timeout'],
  ['timeout_seconds=3', 'timeout'],
  ['maxDuration=3', 'timeout'],
  ['loop="a b"', 'each'],
  ['foreach=x', 'each'],
  ['with_items=x', 'each'],
  ['retry=3', 'retries'],
  ['max-retries=3', 'retries'],
  ['attempts=3', 'retries'],
  ['until="test -e x"', 'retries'],
  ['retry-delay=3s', 'interval'],
  ['exit-code=3', 'exit'],
  ['expect-exit=3', 'exit'],
  ['returns=3', 'exit'],
  ['should-fail', 'exit=nonzero'],
  ['allow-failure', 'on-failure=continue'],
  ['ignore-errors=true', 'on-failure=continue'],
  ['ignore_errors', 'on-failure=continue'],
  ['continue-on-error', 'on-failure=continue'],
  ['on-error=stop', 'on-failure'],
  ['failed-when=x', 'on-failure'],
  ['fail-fast', 'on-failure=stop'],
  ['set-e', 'errexit'],
  ['dir=/opt', 'cwd'],
  ['workdir=/opt', 'cwd'],
  ['working-directory=/opt', 'cwd'],
  ['chdir=/opt', 'cwd'],
  ['environment=A=1', 'env.NAME=value'],
  ['vars=x', 'env.NAME=value'],
  ['hosts=web1', 'host'],
  ['delegate-to=web1', 'host'],
  ['runs-on=web1', 'host'],
  ['serial=1', 'parallel'],
  ['max-fail-percentage=3', 'hosts-must-pass'],
  ['register=x', 'capture'],
  ['expected-output=x', 'expect'],
  ['stdout=x', 'expect'],
  ['contains=x', 'expect'],
  ['stderr=x', 'expect-stderr'],
  ['detach', 'background'],
  ['async=45', 'background'],
  ['tty', 'interactive'],
  ['slack=ops', 'notify'],
  ['duration=5m', 'estimate'],
  ['depends-on=a', undefined],
  ['needs=a', undefined],
  ['sudo', undefined],
  ['become=yes', undefined],
  ['become-user=postgres', undefined],
  ['shell=zsh', undefined],
  ['executor=zsh', undefined],
  ['undo="rm x"', undefined],
  ['no-log', undefined],
  ['lock=x', undefined],
];

describe('guards of other tools', () => {
  test.each(spellings)('`%s` beside an attribute of ours is an error', (written, meant) => {
    const [found, ...others] = parse(`\`\`\`sh {name=a ${written}}\necho a\n\`\`\`\n`).diagnostics;
    expect([found?.severity, found?.code, others]).toEqual(['error', 'unknown-attribute', []]);
    if (meant === undefined) expect(found?.help).not.toBe('');
    else expect(found?.label).toBe(`did you mean \`${meant}\`?`);
  });

  test.each(spellings)('`%s` alone, as JSON, outside braces and on a heading is told', (written) => {
    const [name = '', ...value] = written.split('=');
    const json = JSON.stringify({ [name]: value.join('=').replaceAll('"', '') });
    expect(codesOf(`\`\`\`sh {${written}}\necho a\n\`\`\`\n`)).toEqual(['error[unknown-attribute]']);
    expect(codesOf(`\`\`\`sh ${json}\necho a\n\`\`\`\n`)).toEqual(['error[unknown-attribute]']);
    expect(codesOf(`# T\n\n## Go {name=go ${written}}\n\n\`\`\`sh\necho a\n\`\`\`\n`)).toEqual([
      'error[unknown-attribute]',
    ]);
    expect(codesOf(`\`\`\`sh ${name}=1\necho a\n\`\`\`\n`)).toEqual(['warning[attribute-outside-braces]']);
  });

  test.each([
    ['sh timeout=30s', 'write `{timeout=30s}`'],
    ['sh hook-timeout=30', 'write `{timeout=…}`'],
    ['sh expect-error=true', 'write `{exit=nonzero}`'],
    ['sh detach', 'write `{background}`'],
    ['sh wait=5', 'write `sleep 10` in the code, or `retries=5 interval=10s` to try again until it passes'],
  ])('outside braces `%s` is told how to be written', (info, said) => {
    const [found] = parse(`\`\`\`${info}\necho a\n\`\`\`\n`).diagnostics;
    expect(found?.label ?? found?.help).toBe(said);
  });

  test('a word is in the table once, and none is an attribute of ours', () => {
    const all = guardWords().flatMap(({ words }) => words);
    expect(new Set(all.map(squashed)).size).toBe(all.length);
    expect(all.filter((word) => isOwnName(word))).toEqual([]);
    expect(all.filter((word) => guardWord(word) === undefined)).toEqual([]);
  });
});

describe('other words and places', () => {
  test.each([
    ['sh {frobnicate}', 'warning[unknown-attribute]'],
    ['sh {name=a frobnicate=3}', 'warning[unknown-attribute]'],
    ['sh {"name":"a","frobnicate":"3"}', 'warning[unknown-attribute]'],
    ['sh {onFailure=stop}', 'error[unknown-attribute]'],
    ['sh {TIMEOUT=30s}', 'error[unknown-attribute]'],
    ['sh {timeout:30s}', 'error[unknown-attribute]'],
    ['sh {:eval}', 'error[unknown-attribute]'],
    ['sh {--retry}', 'error[unknown-attribute]'],
    ['sh {@skip}', 'error[unknown-attribute]'],
    ['sh {!run}', 'error[unknown-attribute]'],
    ['{.sh .skip}', 'warning[unknown-attribute]'],
    ['sh {.confirm}', 'warning[unknown-attribute]'],
    ['sh {run = false}', 'error[attribute-syntax]'],
    ['sh skip', 'warning[attribute-outside-braces]'],
    ['sh destructive', 'warning[attribute-outside-braces]'],
    ['{bash, eval=FALSE}', 'error[unknown-attribute]'],
  ])('%s gives %s', (info, code) => {
    expect(codesOf(`\`\`\`${info}\necho a\n\`\`\`\n`)[0]).toBe(code);
  });

  test.each([
    'sh {name=a title="x" hl_lines="3" .no-copy #skip data-prompt="$" showLineNumbers}',
    'sh {"name":"a","id":"01H","mimeType":"text/plain","promptEnv":"false","runme.dev/id":"x"}',
    '{.sh .numberLines startFrom="100"}',
  ])('what only says how a block is shown is left alone: %s', (info) => {
    expect(codesOf(`\`\`\`${info}\necho a\n\`\`\`\n`)).toEqual([]);
  });

  test.each([
    ['<!-- skip -->', 'skip'],
    ['<!-- @skip -->', '@skip'],
    ['<!-- timeout=30 -->', 'timeout'],
    ['<!-- @test:id=verify timeout=120 hidden=True -->', 'timeout'],
    ['<!-- {name=x confirm} -->', 'name'],
    ['<!-- runsheet: timeout: 30s -->', 'timeout'],
    ['<!-- expected__similarity=0.8 -->', 'expected__similarity'],
    ['<!-- expected_results=1.0 -->', 'expected_results'],
    ['<!-- markdownlint-disable MD013 -->', undefined],
    ['<!-- The next block needs approval = none, see above. -->', undefined],
    ['<!-- steps -->', undefined],
    ['<!-- TODO: pictures -->', undefined],
  ])('%s before a block', (comment, word) => {
    const found = parse(`# T\n\n${comment}\n\n\`\`\`sh\necho a\n\`\`\`\n`).diagnostics;
    const message = `\`${word?.replace('@', '')}\` is in a comment and has no effect`;
    expect(found.map((one) => one.message)).toEqual(word === undefined ? [] : [message]);
  });

  test('a placeholder in braces is part of a title', () => {
    const { runbook, diagnostics } = parse('# T\n\n## Restart {service}\n\n```sh\nx\n```\n');
    expect([runbook.steps[0]?.title, diagnostics]).toEqual(['Restart {service}', []]);
  });
});
