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
