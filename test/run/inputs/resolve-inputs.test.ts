import { describe, expect, it } from 'vitest';
import {
  checkInput,
  readyInputs,
  resolveInputs,
  unknownInputs,
} from '../../../src/run/inputs/resolve-inputs.ts';
import type { InputDeclaration } from '../../../src/runbook/runbook.ts';

const input = (name: string, more: Partial<InputDeclaration> = {}): InputDeclaration => ({
  name,
  type: 'string',
  required: false,
  ...more,
});
const none = { set: {}, file: {}, environment: {} };

describe('the value of an input', () => {
  const host = [input('HOST', { default: 'localhost' })];

  it('comes from --set, then the file, then the environment, then its default', () => {
    const value = (sources: Partial<typeof none>) => resolveInputs(host, { ...none, ...sources }).values;
    expect(value({})).toEqual({ HOST: 'localhost' });
    expect(value({ environment: { HOST: 'env' } })).toEqual({ HOST: 'env' });
    expect(value({ environment: { HOST: 'env' }, file: { HOST: 'file' } })).toEqual({ HOST: 'file' });
    expect(value({ file: { HOST: 'file' }, set: { HOST: 'set' } })).toEqual({ HOST: 'set' });
  });

  it('is missing only where it is required', () => {
    const asked = input('TARGET', { required: true });
    expect(resolveInputs([asked, input('OPTIONAL')], none)).toEqual({
      values: {},
      origins: {},
      secrets: [],
      missing: [asked],
      problems: [],
    });
  });

  it('is refused where its pattern would take for ever', () => {
    expect(checkInput(input('X', { pattern: '(a+)+' }), `${'a'.repeat(60)}!`)).toEqual({
      ok: false,
      error:
        'input `X`: its value and /(a+)+/ cannot be matched within a second: repetitions inside of repetitions try too many ways',
    });
  });

  it('is refused where no process can be given it', () => {
    expect(checkInput(input('X'), 'a\0b')).toEqual({
      ok: false,
      error: 'input `X`: its value holds a NUL byte, which cannot be passed to a process',
    });
    expect(checkInput(input('X', { secret: { type: 'prompt' } }), 's'.repeat(140_000))).toEqual({
      ok: false,
      error: 'input `X`: its value is 140,000 bytes long, and a process takes at most 131,072 with its name',
    });
  });

  it('is refused under an unknown name, with the closest one', () => {
    expect(unknownInputs(host, { ...none, set: { HOTS: 'x' } })).toEqual([
      '--set: the runbook has no input `HOTS`; did you mean `HOST`?',
    ]);
  });

  it('is never taken for a secret from the command line', () => {
    const secret = input('TOKEN', { secret: { type: 'prompt' } });
    expect(resolveInputs([secret], { ...none, set: { TOKEN: 'hunter2' } })).toEqual({
      values: {},
      origins: {},
      secrets: [secret],
      missing: [],
      problems: ['--set TOKEN: a secret does not belong on a command line, where others can read it'],
    });
  });
});

describe('a type', () => {
  it('says what it expected and what it got', () => {
    expect(checkInput(input('N', { type: 'number' }), 'many')).toEqual({
      ok: false,
      error: 'input `N`: expected a number; got `many`',
    });
    expect(checkInput(input('D', { type: 'duration' }), '1h30m')).toEqual({ ok: true, value: '1h30m' });
    expect(checkInput(input('D', { type: 'duration' }), 'soon')).toEqual({
      ok: false,
      error: 'input `D`: expected a duration such as `30s` or `1h30m`; got `soon`',
    });
    expect(checkInput(input('B', { type: 'boolean' }), 'Yes')).toEqual({ ok: true, value: 'true' });
    expect(checkInput(input('C', { type: 'choice', choices: ['a', 'b'] }), 'c')).toEqual({
      ok: false,
      error: 'input `C`: expected one of `a`, `b`; got `c`',
    });
    expect(checkInput(input('M', { type: 'multiple', choices: ['a', 'b'] }), 'b, a')).toEqual({
      ok: true,
      value: 'b,a',
    });
  });

  it('matches a pattern as a whole, and never quotes a secret', () => {
    const declared = input('P', { pattern: '\\d+', secret: { type: 'prompt' } });
    expect(checkInput(declared, '1234x')).toEqual({
      ok: false,
      error: 'input `P`: expected a match of /\\d+/; got the secret given',
    });
  });
});

describe('the words of an author for a pattern', () => {
  const declared = input('RELEASE', { pattern: '\\d+\\.\\d+\\.\\d+', message: 'a version like 1.2.3' });

  it('stand in the place of the pattern', () => {
    expect(checkInput(declared, 'v1')).toEqual({
      ok: false,
      error: 'input `RELEASE`: expected a version like 1.2.3; got `v1`',
    });
    expect(checkInput(declared, '1.2.3')).toEqual({ ok: true, value: '1.2.3' });
  });
});

describe('a secret', () => {
  it.each([
    ['abc', 'is too short to be masked in what is shown: 3 bytes of at least 4'],
    ['a', 'is too short to be masked in what is shown: 1 byte of at least 4'],
    ['     ', 'is nothing but blanks, which cannot be masked in what is shown'],
  ])('that cannot be masked is not taken: %j', (given, why) => {
    const declared = input('PIN', { secret: { type: 'prompt' } });
    expect(checkInput(declared, given)).toEqual({
      ok: false,
      error: `secret \`PIN\`: its value ${why}`,
    });
    expect(checkInput(input('PIN'), given)).toEqual({ ok: true, value: given });
  });
});

describe('inputs that depend on others', () => {
  it('wait for those before them that their commands speak of', () => {
    const region = input('REGION');
    const cluster = input('CLUSTER', { choicesFrom: 'clusters --region "$REGION"' });
    const count = input('COUNT', { when: 'test "${CLUSTER:-}" = big' });
    const other = input('OTHER', { defaultFrom: 'echo $COUNTER $LATER' });
    const later = input('LATER');
    const names = (pending: readonly InputDeclaration[]) => readyInputs(pending).map(({ name }) => name);
    expect(names([region, cluster, count, other, later])).toEqual(['REGION', 'OTHER', 'LATER']);
    expect(names([cluster, count])).toEqual(['CLUSTER']);
    expect(names([count])).toEqual(['COUNT']);
  });
});
