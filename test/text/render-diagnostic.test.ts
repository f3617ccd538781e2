import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/text/diagnostic.ts';
import { renderDiagnostic, renderDiagnostics } from '../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../src/text/source-file.ts';

const sourceOf = (text: string) => decodeSource('deploy.md', new TextEncoder().encode(text)).source;

/** A diagnostic whose span covers the first occurrence of `marked`. */
function diagnose(text: string, marked: string, rest: Partial<Diagnostic> = {}): string {
  const start = new TextEncoder().encode(text.slice(0, text.indexOf(marked))).length;
  const end = start + new TextEncoder().encode(marked).length;
  const diagnostic: Diagnostic = {
    code: 'a-code',
    severity: 'error',
    message: 'it is wrong',
    span: { start, end },
    ...rest,
  };
  return renderDiagnostic(diagnostic, sourceOf(text));
}

describe('renderDiagnostic', () => {
  test('shows message, place, line, caret and label', () => {
    const text = `${'\n'.repeat(40)}\`\`\`sh {name=migrate timout=30s}\ntrue\n\`\`\`\n`;
    const rendered = diagnose(text, 'timout', {
      code: 'unknown-attribute',
      message: '`timout` is not an attribute of a code block',
      label: 'did you mean `timeout`?',
      help: 'a misspelt guard would be no guard',
    });
    expect(rendered).toBe(
      [
        'error[unknown-attribute]: `timout` is not an attribute of a code block',
        '  --> deploy.md:41:21',
        '   |',
        '41 | ```sh {name=migrate timout=30s}',
        '   |                     ^^^^^^ did you mean `timeout`?',
        '   = help: a misspelt guard would be no guard',
      ].join('\n'),
    );
  });

  test('lines up below tabs, wide characters and emoji', () => {
    expect(diagnose('a\tb 中文 👩‍💻 x = here', 'here')).toBe(
      [
        'error[a-code]: it is wrong',
        ' --> deploy.md:1:16',
        '  |',
        '1 | a   b 中文 👩‍💻 x = here',
        '  |                   ^^^^',
      ].join('\n'),
    );
    expect(diagnose('中文', '文')).toContain('\n  |   ^^');
  });

  test('underlines the first line of a longer span', () => {
    expect(diagnose('say one\ntwo\n', 'one\ntwo', { severity: 'warning' })).toBe(
      ['warning[a-code]: it is wrong', ' --> deploy.md:1:5', '  |', '1 | say one', '  |     ^^^'].join('\n'),
    );
  });

  test('points with one caret at an empty span and at the end of the file', () => {
    expect(diagnose('abc', '')).toContain('\n1 | abc\n  | ^');
    expect(
      renderDiagnostic(
        { code: 'c', severity: 'hint', message: 'm', span: { start: 4, end: 4 } },
        sourceOf('abc\n'),
      ),
    ).toBe(['hint[c]: m', ' --> deploy.md:2:1', '  |', '2 |', '  | ^'].join('\n'));
  });

  test('cuts a long line around the place', () => {
    const rendered = diagnose(`${'a'.repeat(5_000)}WRONG${'b'.repeat(5_000)}`, 'WRONG');
    expect(rendered.split('\n').slice(3)).toEqual([
      `1 | …${'a'.repeat(20)}WRONG${'b'.repeat(135)}…`,
      `  | ${' '.repeat(21)}^^^^^`,
    ]);
  });

  test('makes control characters of the file visible', () => {
    expect(diagnose('\u001b[31mred \u202e x', 'red', { message: 'bad \u0007' })).toBe(
      ['error[a-code]: bad ␇', ' --> deploy.md:1:6', '  |', '1 | ␛[31mred � x', '  |      ^^^'].join('\n'),
    );
  });

  test('does without a place', () => {
    const diagnostic: Diagnostic = { code: 'c', severity: 'error', message: 'm', help: 'h' };
    expect(renderDiagnostic(diagnostic, sourceOf(''))).toBe('error[c]: m\n  --> deploy.md\n  = help: h');
  });

  test('colours by a palette', () => {
    const palette = {
      severity: { error: (t: string) => `<e>${t}</e>`, warning: (t: string) => t, hint: (t: string) => t },
      message: (t: string) => `<m>${t}</m>`,
      gutter: (t: string) => `<g>${t}</g>`,
    };
    const diagnostic: Diagnostic = {
      code: 'c',
      severity: 'error',
      message: 'm',
      span: { start: 0, end: 1 },
      label: 'l',
    };
    expect(renderDiagnostic(diagnostic, sourceOf('ab'), palette)).toBe(
      [
        '<e>error[c]</e><m>: m</m>',
        ' <g>--></g> deploy.md:1:1',
        '  <g>|</g>',
        '<g>1 |</g> ab',
        '  <g>|</g> <e>^ l</e>',
      ].join('\n'),
    );
  });

  test('puts an empty line between several', () => {
    const one: Diagnostic = { code: 'c', severity: 'error', message: 'm' };
    expect(renderDiagnostics([one, one], sourceOf(''))).toBe(
      'error[c]: m\n  --> deploy.md\n\nerror[c]: m\n  --> deploy.md',
    );
  });
});
