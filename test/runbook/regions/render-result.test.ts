import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import { renderResult } from '../../../src/runbook/regions/render-result.ts';
import type { HostView, ResultView } from '../../../src/runbook/regions/result-view.ts';
import { anyCharacter } from '../../any-character.ts';

const ada = { user: 'ada', host: 'bastion' };
const grace = { user: 'grace', host: 'bastion' };
const at = '2026-11-21T02:13:22.120Z';
const base: ResultView = { address: address('drain-node'), status: 'passed', at, by: ada };

const output = (text: string) => {
  const head = new TextEncoder().encode(text);
  return { head, totalBytes: head.length, totalLines: text.split('\n').length - 1 };
};

describe('renderResult', () => {
  test('a block that passed', () => {
    const view = { ...base, durationMs: 1_312, exitCode: 0, output: output('node/worker-3 drained\n') };
    expect(renderResult(view)).toEqual([
      '> ✔ **passed** in 1.3 s · exit 0 · 2026-11-21 02:13:22 UTC · ada@bastion',
      '',
      '```text',
      'node/worker-3 drained',
      '```',
    ]);
  });

  test('an output that is not the expected one', () => {
    const difference = '-healthy\n+```\n+<!-- /runsheet:result -->';
    const view: ResultView = {
      ...base,
      status: 'failed',
      durationMs: 20,
      reason: 'not as shown',
      difference,
    };
    expect(renderResult(view)).toEqual([
      '> ✘ **failed** in 20 ms · not as shown · 2026-11-21 02:13:22 UTC · ada@bastion',
      '',
      'What was expected (`-`) and what was printed (`+`):',
      '',
      '````diff',
      '-healthy',
      '+```',
      '+<\\!-- /runsheet:result -->',
      '````',
    ]);
  });

  test('a block that failed, with all that led to it', () => {
    const view: ResultView = {
      ...base,
      status: 'failed',
      durationMs: 30_000,
      exitCode: null,
      reason: 'no end within 30 s',
      warnings: ['the shell was killed, variables set by this block are lost'],
      captured: { ACTIVE: '12', ODD: 'a`b|c' },
      details: [
        { type: 'approval', answer: 'asked', by: ada, at },
        { type: 'approval', answer: 'approved', by: grace, comment: 'go *ahead*', at },
        { type: 'approval', answer: 'timed-out', at },
        { type: 'confirmed', question: 'Drain it?', by: ada, automatic: true, at },
        { type: 'attempt', attempt: 1, reason: 'exit 3', durationMs: 200, at },
        { type: 'decided', decision: 'retry', by: ada, automatic: false, note: 'network', at },
        { type: 'note', text: 'two\nlines', by: ada, at },
      ],
    };
    expect(renderResult(view)).toEqual([
      '> ✘ **failed** in 30 s · no end within 30 s · 2026-11-21 02:13:22 UTC · ada@bastion',
      '>',
      '> - approval asked for · ada@bastion · 2026-11-21 02:13:22 UTC',
      '> - approval given: “go \\*ahead\\*” · grace@bastion · 2026-11-21 02:13:22 UTC',
      '> - approval timed out · 2026-11-21 02:13:22 UTC',
      '> - confirmed: “Drain it?” · ada@bastion, without asking · 2026-11-21 02:13:22 UTC',
      '> - attempt 1 failed in 200 ms · exit 3 · 2026-11-21 02:13:22 UTC',
      '> - decided: retry: “network” · ada@bastion · 2026-11-21 02:13:22 UTC',
      '> - note: two lines · ada@bastion · 2026-11-21 02:13:22 UTC',
      '> - captured `ACTIVE` = `12`',
      '> - captured `ODD` = a\\`b&#124;c',
      '> - warning: the shell was killed, variables set by this block are lost',
    ]);
  });

  test.each([
    [
      'skipped',
      { reason: 'its condition does not hold' },
      '> ↷ **skipped** · its condition does not hold · 2026-11-21 02:13:22 UTC · ada@bastion',
    ],
    ['already-done', {}, '> ✔ **already done** · 2026-11-21 02:13:22 UTC · ada@bastion'],
    [
      'in-doubt',
      { reason: 'started, and its end was never seen' },
      '> ◌ **in doubt** · started, and its end was never seen · 2026-11-21 02:13:22 UTC · ada@bastion',
    ],
    ['running', {}, '> ▶ **running** since 2026-11-21 02:13:22 UTC · ada@bastion'],
    ['done', {}, '> ✔ **done** · 2026-11-21 02:13:22 UTC · ada@bastion'],
  ] as const)('%s', (status, more, line) => {
    expect(renderResult({ ...base, ...more, status })).toEqual([line]);
  });

  test('marked done by hand, with its note', () => {
    expect(renderResult({ ...base, status: 'marked-done', note: 'did it in the <console>' })).toEqual([
      '> ✔ **marked done by hand** · 2026-11-21 02:13:22 UTC · ada@bastion',
      '>',
      '> - note: did it in the &lt;console\\>',
    ]);
  });

  test('a checklist says who ticked what', () => {
    const checklist = [
      { text: 'Tell the team', ticked: true, by: ada, at },
      { text: 'Was ticked by its author', ticked: true },
      { text: 'Open', ticked: false },
    ];
    expect(renderResult({ ...base, status: 'waiting', reason: '2 of 3 ticked', checklist })).toEqual([
      '> ◌ **not finished** · 2 of 3 ticked · 2026-11-21 02:13:22 UTC · ada@bastion',
      '>',
      '> - ✔ Tell the team · ada@bastion · 2026-11-21 02:13:22 UTC',
      '> - ✔ Was ticked by its author · ticked in the page before the run',
      '> - ◌ Open',
    ]);
  });

  test('an edited command is shown', () => {
    const code = 'echo ``` `\n<!-- /runsheet:result -->\n';
    const view: ResultView = { ...base, ran: { code, digest: '0123456789ab', edited: true } };
    expect(renderResult(view, 'echo\n')).toEqual([
      '> ✔ **passed** · 2026-11-21 02:13:22 UTC · ada@bastion',
      '',
      'The command as it was run, edited by the operator:',
      '',
      '````text',
      'echo ``` `',
      '<\\!-- /runsheet:result -->',
      '````',
    ]);
  });

  test('a command that is not the one above it is shown', () => {
    const view: ResultView = { ...base, ran: { code: 'rm -rf build\n', digest: '0123456789ab' } };
    expect(renderResult(view, 'ls build\n')).toEqual([
      '> ✔ **passed** · ran another text · 2026-11-21 02:13:22 UTC · ada@bastion',
      '',
      'The text above has changed since; this is the command that ran:',
      '',
      '```text',
      'rm -rf build',
      '```',
    ]);
    expect(renderResult(view, 'rm -rf build\n')).toEqual([
      '> ✔ **passed** · 2026-11-21 02:13:22 UTC · ada@bastion',
    ]);
    expect(renderResult(view)).toEqual([
      '> ✔ **passed** · 2026-11-21 02:13:22 UTC · ada@bastion',
      '',
      'The command that ran:',
      '',
      '```text',
      'rm -rf build',
      '```',
    ]);
  });

  test('hosts have their own lines and outputs', () => {
    const hosts: readonly HostView[] = [
      { host: 'web1', status: 'passed', durationMs: 900, exitCode: 0, output: output('up\n') },
      { host: 'web2', status: 'failed', durationMs: 5_000, exitCode: null, reason: 'connection lost' },
      { host: 'web3', status: 'not-run', durationMs: 0, exitCode: null },
      { host: 'web4', status: 'already-done', durationMs: 0, exitCode: null },
    ];
    expect(renderResult({ ...base, status: 'failed', reason: '1 of 2 hosts failed', hosts })).toEqual([
      '> ✘ **failed** · 1 of 2 hosts failed · 2026-11-21 02:13:22 UTC · ada@bastion',
      '>',
      '> - ✔ `web1` passed in 900 ms · exit 0',
      '> - ✘ `web2` failed in 5.0 s · connection lost',
      '> - ◌ `web3` not run',
      '> - ✔ `web4` already done',
      '',
      'Output of `web1`:',
      '',
      '```text',
      'up',
      '```',
    ]);
  });

  test('no output can close its fence or hold a line that is a marker', () => {
    const piece = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom(
        '```',
        '~~~',
        '````````',
        '\n',
        '\r',
        '<!-- /runsheet:result -->',
        '<!-- runsheet:result x -->',
        '<!-- runsheet:log -->',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (parts) => {
        const lines = renderResult({ ...base, output: output(parts.join('')), note: parts.join('') });
        const fence = lines.find((line) => line.startsWith('```'))?.replace('text', '');
        const inside = fence === undefined ? [] : lines.slice(lines.indexOf(`${fence}text`) + 1, -1);
        expect(fence === undefined || lines.at(-1) === fence).toBe(true);
        expect(inside.filter((line) => fence !== undefined && line.includes(fence))).toEqual([]);
        expect(lines.filter((line) => /<!--\s*\/?\s*runsheet:/iu.test(line))).toEqual([]);
        expect(lines.filter((line) => /[\n\r\u001b]/u.test(line))).toEqual([]);
      }),
    );
  });
});
