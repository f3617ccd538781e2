import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../src/runbook/parse-runbook.ts';
import type { Block, Runbook, Step } from '../../src/runbook/runbook.ts';
import { decodeSource } from '../../src/text/source-file.ts';
import type { Span } from '../../src/text/span.ts';
import { readCorpus } from '../corpus.ts';
import { outlineOf, parse, sectionsOf, textAt } from './runbook-of.ts';

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...allSteps(step.validation), ...allSteps(step.rollback)]);
}

function blocksOf(runbook: Runbook): readonly Block[] {
  return allSteps(runbook.steps).flatMap((step) =>
    step.parts.flatMap((part) => (part.type === 'block' ? [part.block] : [])),
  );
}

/** Everything that must hold of any runbook whatever was parsed. */
function expectSound(runbook: Runbook, label: string): void {
  const size = runbook.source.bytes.length;
  const spans: Span[] = [
    ...runbook.intro,
    ...runbook.sections.flatMap((section) => [section.headingSpan, section.span]),
    ...runbook.regions.map((region) => region.span),
  ];
  const addresses: string[] = [];
  for (const step of allSteps(runbook.steps)) {
    spans.push(step.span);
    for (const part of step.parts) {
      if (part.type === 'prose') spans.push(part.span);
      if (part.type === 'block') spans.push(part.block.span, part.block.contentSpan);
      if (part.type === 'checklist') spans.push(part.checklist.span);
      if (part.type === 'runbook-link') spans.push(part.link.span);
      if (part.type === 'block') addresses.push(part.block.address);
      if (part.type === 'checklist') addresses.push(part.checklist.address);
      if (part.type === 'runbook-link') addresses.push(part.link.address);
    }
    if (step.manual) addresses.push(step.name);
  }
  for (const { start, end } of spans) {
    expect(start >= 0 && start <= end && end <= size, `${label}: span ${start}–${end} of ${size}`).toBe(true);
  }
  expect(new Set(addresses).size, `${label}: addresses are unique`).toBe(addresses.length);
  const names = allSteps(runbook.steps).map((step) => step.name);
  expect(new Set(names).size, `${label}: names are unique`).toBe(names.length);
  for (const block of blocksOf(runbook)) {
    const content = textAt(runbook, block.contentSpan).split(/\r\n|\n|\r/);
    for (const [index, line] of block.code.split('\n').entries()) {
      if (line.trim() === '') continue;
      // Tabs of a container can leave blanks that no byte stands for.
      expect(content[index]?.endsWith(line.trimStart()), `${label}: ${block.address} line ${index}`).toBe(
        true,
      );
    }
    for (const placeholder of block.placeholders) {
      expect(textAt(runbook, placeholder.span), label).toBe(placeholder.text);
    }
  }
}

describe('parseRunbook', () => {
  test('reads the four sections of a plain runbook', () => {
    const { runbook, diagnostics } = parse(
      [
        '# Restart the pool',
        '',
        'Frees the pool.',
        '',
        '## Prerequisites',
        '',
        '```sh',
        'psql -c "select 1"',
        '```',
        '',
        '## Procedure',
        '',
        'Do it slowly.',
        '',
        '### Drain',
        '',
        '```sh {name=drain timeout=30s}',
        './drain.sh',
        '```',
        '',
        '#### Verify',
        '',
        '```sh',
        './drained.sh',
        '```',
        '',
        '#### Rollback',
        '',
        '```sh',
        './undrain.sh',
        '```',
        '',
        '### Tell the team',
        '',
        'In the channel.',
        '',
        '## Verification',
        '',
        '- [ ] graphs are flat',
        '- [x] no alerts',
        '',
        '## Rollback plan',
        '',
        'Restart everything.',
        '',
      ].join('\n'),
    );
    expect(diagnostics).toEqual([]);
    expect(runbook.title).toBe('Restart the pool');
    expect(runbook.intro.map((span) => textAt(runbook, span))).toEqual(['Frees the pool.']);
    expect(sectionsOf(runbook)).toEqual([
      '## Prerequisites: preconditions by "prerequisites"',
      '## Procedure: steps by "procedure"',
      '#### Verify: validation by "verify" of drain',
      '#### Rollback: rollback by "rollback" of drain',
      '## Verification: validation by "verification"',
      '## Rollback plan: rollback by "rollback plan"',
    ]);
    expect(outlineOf(runbook)).toEqual([
      'preconditions code-heading prerequisites: Prerequisites',
      '  run prerequisites read "psql -c \\"select 1\\""',
      'steps sub-heading drain: Drain',
      '  run drain change "./drain.sh"',
      '  validates: validation code-heading verify: Verify',
      '  validates:   run verify read "./drained.sh"',
      '  undoes: rollback code-heading rollback: Rollback',
      '  undoes:   run rollback change "./undrain.sh"',
      'steps sub-heading tell-the-team (manual): Tell the team',
      '  prose "In the channel."',
      'validation section verification: Verification',
      '  checklist verification [ ] graphs are flat; [x] no alerts',
      'rollback section rollback-plan (manual): Rollback plan',
      '  prose "Restart everything."',
    ]);
  });

  test('never throws on any bytes, and is sound on any text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { source } = decodeSource('any', bytes);
        expectSound(parseRunbook(source).runbook, 'bytes');
      }),
      { numRuns: 300 },
    );
    const piece = fc.constantFrom(
      ...[
        '# A\n',
        '## Steps\n',
        '### 1. Do {name=x}\n',
        '#### Verify\n',
        '## Rollback\n',
        '- [ ] t\n',
        '  - [x] u\n',
      ],
      ...[
        '```sh {timout=3}\n',
        '```\n',
        '```output\n',
        '$ ls <dir>\n',
        '1. one\n',
        '   ```sh\n',
        '   ```\n',
        '> ```sh\n',
      ],
      ...[
        '> x\n',
        '> ```\n',
        '\n',
        '\t',
        '<!-- runsheet:result a -->\n',
        '<!-- /runsheet:result -->\n',
        'é🙂 text\n',
      ],
      ...[
        '<!-- expected_similarity=0.3 -->\n',
        '---\ntitle: [\n---\n',
        '2. [l](a.md)\n',
        '\r\n',
        '    code\n',
        '\ufeff',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { source } = decodeSource('any', new TextEncoder().encode(pieces.join('')));
        const { runbook, diagnostics } = parseRunbook(source);
        if (!diagnostics.some(({ code }) => code === 'duplicate-name')) expectSound(runbook, pieces.join(''));
        const starts = diagnostics.map((diagnostic) => diagnostic.span?.start ?? 0);
        expect(starts).toEqual([...starts].sort((left, right) => left - right));
      }),
      { numRuns: 1_500 },
    );
  });

  test('is sound on every real runbook, with the line ends of any system', () => {
    for (const { path, bytes, text } of readCorpus()) {
      expectSound(parseRunbook(decodeSource(path, bytes).source).runbook, path);
      const windows = `\ufeff${text.replace(/\r?\n/g, '\r\n')}`;
      const { source } = decodeSource(path, new TextEncoder().encode(windows));
      const parsed = parseRunbook(source).runbook;
      expectSound(parsed, `${path} with CRLF`);
    }
  });
});
