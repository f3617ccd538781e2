import fc from 'fast-check';
import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import type { InputDeclaration } from '../../../../src/runbook/runbook.ts';
import {
  entryText,
  formAnswers,
  type InputForm,
  inputForm,
  reduceForm,
} from '../../../../src/surfaces/tui/keys/input-form.ts';
import type { Key, KeyName } from '../../../../src/surfaces/tui/keys/key-reader.ts';
import type { Size } from '../../../../src/surfaces/tui/main-size.ts';
import { formScreen } from '../../../../src/surfaces/tui/screen/form-screen.tsx';
import { makePalette } from '../../../../src/view/layout/palette.ts';

const input = (name: string, more: Partial<InputDeclaration> = {}): InputDeclaration => ({
  name,
  type: 'string',
  required: true,
  ...more,
});
const declarations = [
  input('HOST', { description: 'where it runs' }),
  input('REGION', { choices: ['eu', 'us', 'asia'], type: 'choice' }),
  input('PARTS', { choices: ['web', 'api', 'db'], type: 'multiple', default: 'web' }),
  input('SURE', { type: 'boolean' }),
  input('N', { type: 'number', default: '3' }),
  input('TOKEN', { secret: { type: 'prompt' } }),
];
const formOf = (inputs: readonly InputDeclaration[]) =>
  inputForm(inputs.map((declaration) => ({ declaration })));
const named = (name: KeyName): Key => ({ type: 'named', name });
const typed = (text: string): Key[] => [...text].map((letter) => ({ type: 'text', text: letter }));
const press = (form: InputForm, ...keys: readonly Key[]): InputForm =>
  keys.reduce((known, key) => reduceForm(known, key), form);
const values = (form: InputForm) => form.fields.map(({ entry }) => entryText(entry));
const draw = (form: InputForm, title: string, size: Size): string[] =>
  renderToString(formScreen({ form, title, size, palette: makePalette(0) }), { columns: size.columns })
    .split('\n')
    .map((line) => line.trimEnd());
const problems = (form: InputForm) => form.fields.map(({ problem }) => problem);

describe('the form of inputs', () => {
  test('is filled in field by field and given by the last Enter', () => {
    const form = press(
      formOf(declarations),
      ...[...typed('db'), named('backspace'), ...typed('1'), named('enter')],
      ...[named('right'), named('right'), named('right'), named('right'), named('left'), named('enter')],
      ...[...typed(' '), named('right'), named('right'), ...typed(' '), named('tab')],
      ...[...typed('n'), named('down'), named('backspace'), ...typed('12'), named('enter')],
      ...[...typed('hunter2'), named('enter')],
    );
    expect(form.status).toBe('given');
    expect(formAnswers(form)).toEqual({
      HOST: 'd1',
      REGION: 'us',
      PARTS: 'db',
      SURE: 'false',
      N: '12',
      TOKEN: 'hunter2',
    });
  });

  test('is not given while something cannot be taken, and goes there', () => {
    const last = { ...formOf(declarations), at: 5 };
    const form = press(last, ...typed('hunter2'), named('enter'));
    expect([form.status, form.at]).toEqual(['open', 0]);
    expect(problems(form)).toEqual([
      'input `HOST` is required',
      'input `REGION` is required',
      undefined,
      'input `SURE` is required',
      undefined,
      undefined,
    ]);
    expect(problems(press(form, ...typed('h')))[0]).toBeUndefined();
  });

  test.each([named('escape'), { type: 'ctrl', letter: 'c' }, { type: 'ctrl', letter: 'd' }] as const)(
    'is left by %j',
    (key) => {
      expect(press(formOf(declarations), key).status).toBe('left');
    },
  );

  test('whatever is typed, no secret and no line too long is on the screen', () => {
    const key = fc.oneof(
      fc.constantFrom<Key>(
        ...(
          ['enter', 'tab', 'back-tab', 'up', 'down', 'left', 'right', 'home', 'end', 'delete'] as const
        ).map(named),
      ),
      fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
        .map((text): Key => ({ type: 'text', text })),
      fc.constant<Key>({ type: 'paste', text: 'canary\n漢字' }),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), fc.integer({ min: 20, max: 130 }), (keys, columns) => {
        let form = press(formOf(declarations), ...keys);
        form = { ...form, at: 5, status: 'open' };
        form = press(form, { type: 'paste', text: 'canary-4711' });
        const lines = draw(form, 'A title', { columns, rows: 12 });
        expect(lines.length).toBeLessThanOrEqual(12);
        expect(lines.join('\n')).not.toContain('canary-4711');
        expect(values(form).at(-1)).toContain('canary-4711');
      }),
    );
  });

  test('shows the field at hand, its keys and what is wrong', () => {
    const form = press(formOf(declarations), named('tab'), named('right'));
    const lines = draw(form, 'Deploy', { columns: 60, rows: 20 });
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Deploy
      This runbook needs 6 values.

        HOST  where it runs
          …
          ! input \`HOST\` is required

      › REGION
          (•) eu   ( ) us   ( ) asia

        PARTS
          [x] web   [ ] api   [ ] db

        SURE
          ( ) yes   ( ) no

        N  (number)
          3
      ── 1 input below ───────────────────────────────────────────
      Enter next   Esc leave   ← → choose   ↑ ↓ fields
      "
    `);
  });

  test('completes a path by Tab, tells how it may go on, and goes on where there is nothing new', () => {
    const complete = (typed: string) =>
      typed === '/e'
        ? { text: '/etc/host', names: ['hostname', 'hosts'] }
        : { text: typed, names: typed === '' ? [] : ['hostname', 'hosts'] };
    const tab = (form: InputForm): InputForm => reduceForm(form, named('tab'), complete);
    const empty = formOf([input('FILE', { type: 'path' }), input('HOST')]);
    const form = tab(press(empty, ...typed('/e')));
    expect([values(form), form.at, form.fields[0]?.names]).toEqual([
      ['/etc/host', ''],
      0,
      ['hostname', 'hosts'],
    ]);
    expect(draw(form, 'Deploy', { columns: 60, rows: 20 }).slice(3, 6)).toEqual([
      '› FILE  (path)',
      '    /etc/host',
      '    hostname hosts',
    ]);
    expect(tab(form).at).toBe(1);
    const changed = press(form, ...typed('s'));
    expect([changed.fields[0]?.names, tab(empty).at]).toEqual([undefined, 1]);
  });

  test('alone, a field has no others to go to', () => {
    const lines = draw(formOf([input('HOST')]), 'Deploy', { columns: 60, rows: 6 });
    expect(lines.at(-1)).toBe('Enter go on   Esc leave');
  });
});
