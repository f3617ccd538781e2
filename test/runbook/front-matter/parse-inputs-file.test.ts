import { describe, expect, it } from 'vitest';
import { parseInputsFile } from '../../../src/runbook/front-matter/parse-inputs-file.ts';

describe('an inputs file', () => {
  it('is YAML or JSON with plain values', () => {
    expect(parseInputsFile('in.yaml', 'HOST: db1\nPORT: 5432\nALL: [a, b]\nEMPTY:\n')).toEqual({
      ok: true,
      value: { HOST: 'db1', PORT: '5432', ALL: 'a,b', EMPTY: '' },
    });
    expect(parseInputsFile('in.json', '{"HOST":"db1"}')).toEqual({ ok: true, value: { HOST: 'db1' } });
  });

  it('has texts as they are written, and any name', () => {
    const values = { A: '1.20', B: '123456789012345678', C: '0x1F,01', D: 'true', E: '7e10' };
    expect(
      parseInputsFile('in.yaml', 'A: 1.20\nB: 123456789012345678\nC: [0x1F, 01]\nD: true\nE: 7e10\n'),
    ).toEqual({
      ok: true,
      value: values,
    });
    expect(
      parseInputsFile(
        'in.json',
        '{"A": 1.20, "B": 123456789012345678, "C": ["0x1F", "01"], "D": true, "E": 7e10}',
      ),
    ).toEqual({ ok: true, value: values });
    const odd = parseInputsFile('in.yaml', '__proto__: p\nconstructor: 1.0\n1.20: x\n');
    expect(odd.ok && Object.entries(odd.value)).toEqual([
      ['__proto__', 'p'],
      ['constructor', '1.0'],
      ['1.20', 'x'],
    ]);
    const lines = parseInputsFile('.env', '__proto__=p\n');
    expect(lines.ok && Object.entries(lines.value)).toEqual([['__proto__', 'p']]);
  });

  it.each([
    ['in.yaml', 'A: ~\n'],
    ['in.yaml', 'A: [x, null]\n'],
    ['in.json', '{"A": null}'],
  ])('is refused where a value may be meant as a text or as nothing: %s, %j', (path, text) => {
    expect(parseInputsFile(path, text)).toEqual({
      ok: false,
      error: `--inputs: \`A\` in \`${path}\` is null; leave it out, or put the text in quotes`,
    });
  });

  it.each([
    ['A: !x\n', '!x'],
    ['A: [a, !env B]\n', '!env'],
    ['A: ! x\n', '!'],
    ['A: !!important\n', '!!important'],
  ])('is refused where YAML takes a part of a text for its own: %j', (text, tag) => {
    const error = `--inputs: \`${tag}\` in \`in.yaml\` is a tag of YAML, and no text; put the text in quotes`;
    expect(parseInputsFile('in.yaml', text)).toEqual({ ok: false, error });
  });

  it('takes tags that lose nothing, and what stands in quotes', () => {
    expect(parseInputsFile('in.yaml', 'A: !!str 1.20\nB: "!x"\nC: a !x\n')).toEqual({
      ok: true,
      value: { A: '1.20', B: '!x', C: 'a !x' },
    });
  });

  it('is dotenv lines where its name says so', () => {
    const text = `# comment\nexport A=1\nB = two words # note\nC="x\\n#y" # z\nD='$A'\n\n`;
    expect(parseInputsFile('prod.env', text)).toEqual({
      ok: true,
      value: { A: '1', B: 'two words', C: 'x\n#y', D: '$A' },
    });
    expect(parseInputsFile('.env', 'no value\n')).toEqual({
      ok: false,
      error: '--inputs: line 1 of `.env` is not NAME=value',
    });
  });

  it('is refused where it holds no names with plain values', () => {
    expect(parseInputsFile('in.yaml', '- a\n')).toEqual({
      ok: false,
      error: '--inputs: `in.yaml` does not hold names with values',
    });
    expect(parseInputsFile('in.yaml', 'A: {b: 1}\n')).toEqual({
      ok: false,
      error: '--inputs: `A` in `in.yaml` is not a plain value',
    });
  });
});
