import { describe, expect, it } from 'vitest';
import { checkExpectations as checkPrinted } from '../../../src/run/expectations/check-expectations.ts';
import { type Printed, printedAsTold } from '../../../src/run/expectations/printed.ts';
import { createRedactor, ownText } from '../../../src/run/masking/redactor.ts';
import type { Expectation } from '../../../src/runbook/expectation.ts';

const checkExpectations = (
  expectations: readonly Expectation[],
  stdout: string,
  expectedOutput: string | undefined,
) => checkPrinted(expectations, printedAsTold(ownText(stdout)), expectedOutput);
const message = (...args: Parameters<typeof checkExpectations>) => checkExpectations(...args)?.message;

describe('an expected text', () => {
  it('must be in the output, or must not where it is negated', () => {
    expect(
      message([{ type: 'text', text: 'ready', negated: false }], 'all ready\n', undefined),
    ).toBeUndefined();
    expect(checkExpectations([{ type: 'text', text: 'ready', negated: false }], 'no\n', undefined)).toEqual({
      type: 'expectation',
      expected: 'ready',
      actual: 'no\n',
      message: 'expected the output to hold `ready`',
    });
    expect(message([{ type: 'text', text: 'error', negated: true }], 'an error', undefined)).toBe(
      'expected the output not to hold `error`',
    );
  });
});

describe('an expected pattern', () => {
  it('matches with its flags', () => {
    const pattern = { type: 'regex', source: '^READY$', flags: 'im', negated: false } as const;
    expect(message([pattern], 'x\nready\n', undefined)).toBeUndefined();
    expect(message([pattern], 'already', undefined)).toBe('expected the output to match /^READY$/im');
  });

  it('that would take for ever is not met, nor is that it must not match', () => {
    const slow = { type: 'regex', source: '^(a+)+$', flags: '', negated: false } as const;
    const told = [slow, { ...slow, negated: true }].map((one) =>
      message([one], `${'a'.repeat(60)}!`, undefined),
    );
    const words =
      'the output and /^(a+)+$/ cannot be matched within a second: repetitions inside of repetitions try too many ways';
    expect(told).toEqual([words, words]);
  });
});

describe('the end of a pattern', () => {
  it('is the end of the text, whether a newline follows or not', () => {
    const whole = { type: 'regex', source: '^ok$', flags: '', negated: false } as const;
    const told = (stdout: string) => checkExpectations([whole], stdout, undefined)?.message;
    expect([told('ok\n'), told('ok'), told('ok\r\n')]).toEqual([undefined, undefined, undefined]);
    expect(told('ok\n\n')).toBe('expected the output to match /^ok$/');
    expect(checkExpectations([{ ...whole, negated: true }], 'ok\n', undefined)?.message).toBe(
      'expected the output not to match /^ok$/',
    );
  });
});

describe('an expected number', () => {
  it('compares the one number that the output is', () => {
    const below = { type: 'number', comparison: '<70' } as const;
    expect(message([below], '42\n', undefined)).toBeUndefined();
    expect(message([below], '42.5 %\n', undefined)).toBeUndefined();
    expect(message([below], '70\n', undefined)).toBe('expected a number <70; got 70');
    expect(message([below], '12 of 40\n', undefined)).toBe(
      'expected a number <70; the output is not a number',
    );
    expect(message([below], '', undefined)).toBe('expected a number <70; the output is not a number');
  });

  it('takes ranges, and no other spellings of numbers', () => {
    const range = { type: 'number', comparison: '10..20' } as const;
    expect(message([range], '10', undefined)).toBeUndefined();
    expect(message([range], '2.1e1', undefined)).toBe('expected a number 10..20; got 2.1e1');
    expect(message([range], '0x10', undefined)).toBe('expected a number 10..20; the output is not a number');
    expect(message([range], ' '.repeat(1_000_000).concat('x'), undefined)).toBe(
      'expected a number 10..20; the output is not a number',
    );
  });

  it('takes several comparisons, and says which is none', () => {
    const large = { type: 'number', comparison: '==9007199254740993' } as const;
    expect(message([large], '9007199254740993', undefined)).toBeUndefined();
    expect(message([large], '9007199254740992', undefined)).toBe(
      'expected a number ==9007199254740993; got 9007199254740992',
    );
    expect(message([{ type: 'number', comparison: '>=1,<=3' }], '2', undefined)).toBeUndefined();
    expect(message([{ type: 'number', comparison: '>=1,<=3' }], '4', undefined)).toBe(
      'expected a number >=1,<=3; got 4',
    );
    expect(message([{ type: 'number', comparison: 'about 3' }], '4', undefined)).toBe(
      '`about 3` is not a comparison with a number',
    );
  });
});

describe('expected JSON', () => {
  const json = (expression: string, stdout: string) =>
    message([{ type: 'json', expression }], stdout, undefined);

  it('follows a path and compares what is there', () => {
    const stdout = '{"status":"ok","pods":[{"ready":true,"restarts":3}]}';
    expect(json('.status == "ok"', stdout)).toBeUndefined();
    expect(json('$.status == ok', stdout)).toBeUndefined();
    expect(json('.pods[0].ready', stdout)).toBeUndefined();
    expect(json('.pods[0].restarts < 3', stdout)).toBe('expected .pods[0].restarts < 3; found 3');
    expect(json('.pods[1].ready', stdout)).toBe('expected .pods[1].ready; found nothing');
    expect(json('.status != "ok"', stdout)).toBe('expected .status != "ok"; found "ok"');
  });

  it('does not care for the order of keys, and finds nothing where a path is wrong', () => {
    expect(json('. == {"b":1,"a":[2]}', '{"a":[2],"b":1}')).toBeUndefined();
    expect(json('.pods.length == 2', '{"pods":[1,2]}')).toBeUndefined();
    expect(json('.staus != "bad"', '{"status":"bad"}')).toBe('expected .staus != "bad"; found nothing');
    expect(json('.n < 5', '{"n":"3"}')).toBe('expected .n < 5; found "3"');
  });

  it('compares numbers as they are written', () => {
    const stdout = '{"id":9007199254740992,"list":[1.50]}';
    expect(json('.id == 9007199254740992', stdout)).toBeUndefined();
    expect(json('.id == 9007199254740993', stdout)).toBe(
      'expected .id == 9007199254740993; found 9007199254740992',
    );
    expect(json('.id < 9007199254740993', stdout)).toBeUndefined();
    expect(json('.list[0] == 1.5', stdout)).toBeUndefined();
    expect(json('.list.length >= 1', stdout)).toBeUndefined();
    expect(json('.id != 9007199254740993', stdout)).toBeUndefined();
  });

  it('says when the output is no JSON', () => {
    expect(json('.a', 'oops')).toBe('expected JSON; the output does not parse as JSON');
  });
});

describe('the output shown below a block', () => {
  const shown = [{ type: 'output' } as const];

  it('is compared line by line with wildcards', () => {
    expect(message(shown, 'pod-7f3 running\nok\n', 'pod-[..] running\nok')).toBeUndefined();
    expect(message(shown, 'a\nb\nc\nd\n', 'a\n...\nd')).toBeUndefined();
    expect(message(shown, 'a\nd\n', 'a\n...\nd')).toBeUndefined();
    expect(message(shown, 'a  \n\n', '\na\n')).toBeUndefined();
    expect(message(shown, 'unhealthy\n', 'healthy')).toBe('the output is not the one shown below the block');
    expect(message(shown, '{\n  1\n  2\n}\n', '{\n  ...\n}')).toBeUndefined();
    expect(checkExpectations(shown, 'unhealthy\n', 'healthy\n')).toEqual({
      type: 'expectation',
      expected: 'healthy\n',
      actual: 'unhealthy\n',
      message: 'the output is not the one shown below the block',
      difference: '-healthy\n+unhealthy',
    });
    expect(message(shown, 'a', undefined)).toBe('no output is shown below the block to compare with');
    expect(message(shown, 'a\nx\n', 'a\n...\nd')).toBe('the output is not the one shown below the block');
  });
});

describe('a similarity', () => {
  it('is measured as Jaro does, and named in the failure', () => {
    expect(message([{ type: 'similarity', threshold: 0.9 }], 'MARHTA', 'MARTHA')).toBeUndefined();
    expect(message([{ type: 'similarity', threshold: 0.95 }], 'MARHTA', 'MARTHA')).toBe(
      'the output is 0.94 similar to the one shown; 0.95 is asked',
    );
    expect(message([{ type: 'similarity', threshold: 0.77 }], 'DIXON', 'DICKSONX')).toBe(
      'the output is 0.77 similar to the one shown; 0.77 is asked',
    );
  });
});

describe('texts that are not ASCII', () => {
  it('are as similar as others', () => {
    expect(message([{ type: 'similarity', threshold: 0.9 }], '🎉MARHTA', '🎉MARTHA')).toBeUndefined();
  });
});

describe('an output with a secret in it', () => {
  const secret = 'pending';
  const { redactText } = createRedactor([secret]);
  const printed = (stdout: string): Printed => ({ stdout, stderr: stdout, mask: redactText });
  const regex = (source: string, stream?: 'stderr'): Expectation => ({
    type: 'regex',
    source,
    flags: '',
    negated: false,
    ...(stream && { stream }),
  });

  it.each<[string, Expectation, string, string | undefined, boolean]>([
    ['a text', { type: 'text', text: 'is pending', negated: false }, 'it is pending\n', undefined, true],
    ['no such text', { type: 'text', text: 'pending', negated: true }, 'it is pending\n', undefined, false],
    ['a mask', { type: 'text', text: '***', negated: false }, 'it is pending\n', undefined, false],
    ['a pattern', regex('^state: pending$'), 'state: pending\n', undefined, true],
    ['a pattern without', regex('^(?!.*pending)'), 'state: pending\n', undefined, false],
    ['a pattern on stderr', regex('^(?!.*pending)', 'stderr'), 'state: pending\n', undefined, false],
    ['JSON', { type: 'json', expression: '.a == "pending"' }, '{"a":"pending"}', undefined, true],
    ['other JSON', { type: 'json', expression: '.a != "pending"' }, '{"a":"pending"}', undefined, false],
    ['the output shown', { type: 'output' }, 'state: pending\n', 'state: pending\n', true],
    ['the output shown, masked', { type: 'output' }, 'state: pending\n', 'state: ***\n', true],
    ['another output', { type: 'output' }, 'state: pending\n', 'state: done\n', false],
    ['a like one', { type: 'similarity', threshold: 1 }, 'state: pending\n', 'state: ***\n', true],
  ])('is held as it is against %s', (_, expectation, stdout, shown, passes) => {
    const failure = checkPrinted([expectation], printed(stdout), shown);
    expect([failure === undefined, JSON.stringify(failure ?? '').includes(secret)]).toEqual([passes, false]);
  });

  it('as a number is compared and told masked', () => {
    const masked: Printed = { stdout: '1234\n', stderr: '', mask: createRedactor(['1234']).redactText };
    expect(checkPrinted([{ type: 'number', comparison: '>1000' }], masked, undefined)).toBeUndefined();
    expect(checkPrinted([{ type: 'number', comparison: '<1000' }], masked, undefined)).toEqual({
      type: 'expectation',
      expected: '<1000',
      actual: '***\n',
      message: 'expected a number <1000; got ***',
    });
  });

  it('is masked before it is cut', () => {
    const long = `${'x'.repeat(1_996)}pending`;
    const told = checkPrinted([regex('^y')], printed(long), undefined);
    expect(told?.actual).toBe(`${'x'.repeat(1_996)}***`);
  });
});
