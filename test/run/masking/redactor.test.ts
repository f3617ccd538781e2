import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createRedactor,
  decodeMasked,
  type MaskedBytes,
  type MaskedText,
  reshapeMasked,
  secretMask,
} from '../../../src/run/masking/redactor.ts';

const secret = 'p@ss "w\'rd/+<é>';

/** Pushes the text in pieces cut at the given offsets and gives what came out. */
function redactInPieces(
  secrets: readonly string[],
  text: string | Uint8Array,
  cuts: readonly number[],
): string {
  const stream = createRedactor(secrets).createStream();
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const sorted = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = sorted.slice(1).map((end, index) => stream.push(bytes.subarray(sorted[index], end)));
  return Buffer.concat([...pieces, stream.flush()]).toString();
}

const bytes = Buffer.from(secret);
const guises: Readonly<Record<string, string>> = {
  raw: secret,
  json: JSON.stringify(secret).slice(1, -1),
  'ascii json': JSON.stringify(secret).slice(1, -1).replace('é', '\\u00e9'),
  encodeURIComponent: encodeURIComponent(secret),
  'lower-case percent-encoding': encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (part) =>
    part.toLowerCase(),
  ),
  form: new URLSearchParams({ x: secret }).toString().slice(2),
  'single-quoted': secret.replaceAll("'", "'\\''"),
  'double-quoted': secret.replace(/["\\$`]/g, '\\$&'),
  html: secret.replace(
    /[&<>"']/g,
    (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[c]};`,
  ),
  hexadecimal: bytes.toString('hex'),
  HEXADECIMAL: bytes.toString('hex').toUpperCase(),
  'hexadecimal of od': bytes.toString('hex').replace(/..(?!$)/g, '$& '),
  'hexadecimal of od, over lines': bytes
    .toString('hex')
    .replace(/(..)(?!$)/g, '$1 ')
    .replace(/^.{23}/, '$&\n'),
  'hexadecimal of openssl': bytes.toString('hex').replace(/..(?!$)/g, '$&:'),
  'HEXADECIMAL of openssl': bytes
    .toString('hex')
    .replace(/..(?!$)/g, '$&:')
    .toUpperCase(),
  'hexadecimal with dashes': bytes.toString('hex').replace(/..(?!$)/g, '$&-'),
  'hexadecimal of xxd': bytes.toString('hex').replace(/....(?!$)/g, '$& '),
  'hexadecimal of xxd, from an odd place': bytes.toString('hex').replace(/^..|....(?!$)/g, '$& '),
  'percent-encoding of every byte': `${bytes.toString('hex').replace(/..(?!$)/g, '$&%')}`,
  '\\xNN of every byte': bytes.toString('hex').replace(/..(?!$)/g, '$&\\x'),
  '\\xNN beyond ASCII': `p@ss "w\\'rd/+<\\xc3\\xa9>`,
  '\\NNN beyond ASCII': `p@ss "w\\'rd/+<\\303\\251>`,
  'octal of every byte': [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  'a list of bytes': JSON.stringify([...bytes]).slice(1, -1),
  'decomposed Unicode': secret.normalize('NFD'),
};

describe('a secret is masked', () => {
  for (const [name, text] of Object.entries(guises))
    test(`as ${name}`, () => {
      expect(createRedactor([secret]).redactText(`before ${text} after`)).toBe(`before ${secretMask} after`);
    });

  test('in base64 at every alignment, wrapped or not, in both alphabets', () => {
    const long = `${secret}${'0123456789'.repeat(9)}`;
    for (let before = 0; before < 6; before++)
      for (let after = 0; after < 4; after++)
        for (const encoding of ['base64', 'base64url'] as const) {
          const text = Buffer.from('x'.repeat(before) + long + 'y'.repeat(after)).toString(encoding);
          const inner = Buffer.from(long).toString(encoding).slice(4, -4);
          for (const shown of [text, text.replace(/.{76}/g, '$&\n')]) {
            const masked = createRedactor([long]).redactText(shown);
            expect(masked).toContain(secretMask);
            expect(masked.length).toBeLessThan(before * 2 + after * 2 + 16);
            expect(masked).not.toContain(inner.slice(0, 6));
          }
        }
  });

  test('over lines that a terminal broke', () => {
    expect(createRedactor([secret]).redactText(`${secret.slice(0, 5)}\r\n${secret.slice(5)}`)).toBe(
      secretMask,
    );
  });

  test('line by line when it has several', () => {
    const key = '-----BEGIN KEY-----\nabcdefghijkl\nmnopqrstuvwx\n-----END KEY-----\n';
    expect(createRedactor([key]).redactText('got mnopqrstuvwx')).toBe(`got ${secretMask}`);
    expect(createRedactor([key]).redactText(`${key}!`)).toBe(`${secretMask}!`);
  });

  test('with what overlaps it', () => {
    expect(createRedactor(['abcdef', 'defghi']).redactText('abcdefghi.')).toBe(`${secretMask}.`);
    expect(createRedactor(['abcd', 'abcdefgh']).redactText('abcdefgh abcdef')).toBe(
      `${secretMask} ${secretMask}ef`,
    );
  });
});

const token = 'hunter2-correct horse';
const [head, tail] = ['hunter2-', 'correct horse'];
const colours = '\u001b[01;31m\u001b[K';

describe('a secret is masked as a reader sees it', () => {
  test.each([
    ['colours, which stay', `${colours}${head}\u001b[m\u001b[K${tail}.`, `${colours}***\u001b[m.`],
    [
      'a colour for each letter',
      [...token].map((one) => `\u001b[38;5;99m${one}`).join(''),
      /^\u001b\[38;5;99m\*\*\*/,
    ],
    ['true colours', [...token].map((one) => `\u001b[38;2;255;100;20m${one}\u001b[39m`).join(''), /\*\*\*/],
    ['a movement of the cursor', `${head}\u001b[?25h\u001b[1G${tail}`, '***'],
    ['a title', `${head}\u001b]0;x\u0007${tail}`, '***'],
    ['a link', `${head}\u001b]8;;https://example.org/?h=${'h'.repeat(900)}\u001b\\${tail}`, '***'],
    ['a title in eight bits', `${head}\u009d0;x\u009c${tail}`, '***'],
    ['a colour in eight bits', `${head}\u009b1m${tail}`, '***'],
    ['a character set', `${head}\u001b(B${tail}`, '***'],
    ['a device string', `${head}\u001bP1$r0m\u001b\\${tail}`, '***'],
    ['control characters', `${head}\u0000\u0001\u007f\u0007${tail}`, '***'],
    ['marks without width', `${head}\u200b\u2060\ufeff\u00ad\u{e0020}${tail}`, '***'],
    ['strokes through it', [...token].map((one) => `${one}\u0336`).join(''), '***\u0336'],
    ['turned text', `${head}\u202e${tail}`, '***'],
    ['bold of a typewriter', [...token].map((one) => `${one}\b${one}`).join(''), 'h\b***\be'],
    ['underlines of a typewriter', [...token].map((one) => `_\b${one}`).join(''), '_\b***'],
    ['characters that are taken back', `${head}wro\b\b\b${tail}`, '***'],
    ['an erased one', `${head}x\b \b${tail}`, '***'],
    ['the line break of an editor', `${head} \r${tail}`, '***'],
    ['indented lines', `${head}\n    ${tail}`, '***'],
    ['a blank that became a line end', token.replace(' ', '\n  '), '***'],
    ['what was overwritten', `XXXX\r${token}`, 'XXXX\r***'],
  ])('through %s', (_, text, masked) => {
    const whole = createRedactor([token]).redactText(text);
    if (typeof masked === 'string') expect(whole).toBe(masked);
    else expect(whole).toMatch(masked);
    const shown = whole.replace(/\u001b\[[\d;]*m/g, '');
    expect(shown).not.toMatch(/hunter|correct|horse|[a-z].?.?.?[a-z]/);
  });

  test('through bytes that are no text', () => {
    const broken = Buffer.concat([
      Buffer.from([0xfe]),
      Buffer.from(head),
      Buffer.from([0xff, 0xc3]),
      Buffer.from(tail),
    ]);
    expect(redactInPieces([token], broken, [])).toBe('\ufffd***');
  });

  test.each([
    ['a visible character between', `${head}X${tail}`],
    ['a tab between', `${head}\t${tail}`],
    ['another word on the next line', `${head}\n> ${tail}`],
  ])('but not through %s', (_, text) => {
    expect(createRedactor([token]).redactText(text)).toBe(text);
  });

  test('and takes no longer where much of what follows its first letter shows nothing', () => {
    const stream = createRedactor([token]).createStream();
    const shown = Buffer.from(stream.push(Buffer.from('\u001b[?25h'.repeat(2000)))).toString();
    // Only the last letters of it are held back.
    expect(shown.length).toBeGreaterThan(6 * 1500);
  });
});

describe('secrets beside one another', () => {
  test.each([
    [
      'one is the start of the other',
      ['token-1234', 'token-1234-long'],
      'token-1234-long token-1234-lo',
      '*** ***-lo',
    ],
    ['one is inside the other', ['inner', 'the-inner-one'], 'the-inner-one inner', '*** ***'],
    ['signs of regular expressions', ['a.*(b)[c]+$^|\\d?'], 'axxb a.*(b)[c]+$^|\\d? 1', 'axxb *** 1'],
    ['a common word', ['main'], 'main domain MAIN mai', '*** do*** *** mai'],
    ['a line end behind it', ['key-5678\n'], 'key-5678. key-5678\n.', '***. ***.'],
  ])('%s', (_, secrets, text, masked) => {
    expect(createRedactor(secrets).redactText(text)).toBe(masked);
  });
});

test('what is cut into pieces is masked as what is whole', () => {
  const secrets = [secret, 'aaaa', 'token-12345', 'tokentoken'];
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(...secrets, ...Object.values(guises)),
          fc.constantFrom(
            'token-\u001b[1m12345',
            'to\u200bken\u001b]0;token-\u0007-12\u001b[K345',
            'token\u001b[',
            '\u009d',
            'm',
          ),
          fc.string(),
          fc.constantFrom('a', 'token', '\n'),
        ),
      ),
      fc.array(fc.nat(2000)),
      (parts, cuts) => {
        const text = parts.join('');
        const whole = createRedactor(secrets).redactText(text);
        expect(redactInPieces(secrets, text, cuts)).toBe(whole);
        for (const hidden of secrets) expect(whole.includes(hidden)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});

test('what holds no secret passes unchanged, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(300)), (any, cuts) => {
      const stream = createRedactor(['never-in-there-8f3']).createStream();
      const sorted = [0, ...cuts.map((cut) => cut % (any.length + 1)).sort((a, b) => a - b), any.length];
      const out = sorted.slice(1).map((end, index) => stream.push(any.subarray(sorted[index], end)));
      expect(Buffer.concat([...out, stream.flush()]).equals(Buffer.from(any))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('nothing is held back that cannot be the start of a secret, and never for long', () => {
  const stream = createRedactor(['token-12345']).createStream();
  const push = (text: string): string => Buffer.from(stream.push(Buffer.from(text))).toString();
  expect([
    push('hello to'),
    push('day'),
    push(' token-'),
    stream.pending,
    push('12345!'),
    stream.pending,
  ]).toEqual(['hello ', 'today', ' ', true, '***!', false]);
});

test('a line that ends with the start of a secret is shown whole, and at once', () => {
  const stream = createRedactor(['token-12345']).createStream();
  const push = (text: string): string => Buffer.from(stream.push(Buffer.from(text))).toString();
  expect([
    push('start\n'),
    push('st\u001b[0m\r\n'),
    push('last\n'),
    push('oken-12345 and to\n'),
    push('  ken-12345!'),
    push('start of tok\n'),
    push('en-12345.'),
  ]).toEqual(['start\n', 'st\u001b[0m\r\n', 'last\n', '*** and to\n', '***!', 'start of ', '***.']);
});

test('secrets can be added while a stream is open; too short ones are refused', () => {
  const redactor = createRedactor();
  const stream = redactor.createStream();
  expect([redactor.active, Buffer.from(stream.push(Buffer.from('later1'))).toString()]).toEqual([
    false,
    'later1',
  ]);
  expect([redactor.add('later1'), redactor.add('abc'), redactor.active]).toEqual([true, false, true]);
  expect(Buffer.from(stream.push(Buffer.from('later1'))).toString()).toBe(secretMask);
  expect([redactor.reveals('x later1 y'), redactor.reveals('x')]).toEqual([true, false]);
});

test('what is held back does not change when the reader uses its memory again', () => {
  const shared = Buffer.alloc(64);
  const stream = createRedactor(['0123456789abcdef']).createStream();
  const push = (text: string): string => {
    shared.fill('#');
    shared.write(text);
    return Buffer.from(stream.push(shared.subarray(0, text.length))).toString();
  };
  const shown = [push('<01234'), push('56789abc'), push('de'), push('x>012'), push('.')];
  expect([...shown, Buffer.from(stream.flush()).toString()].join('')).toBe('<0123456789abcdex>012.');
});

const names: Readonly<Record<string, string>> = {
  'lower case': secret.toLowerCase(),
  'upper case': secret.toUpperCase(),
  SQL: secret.replaceAll("'", "''"),
  CSV: secret.replaceAll('"', '""'),
  'JSON in JSON': JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  'a cell of a Markdown table': secret.replaceAll('|', '\\|'),
};

test.each(Object.entries(names))('a secret is masked as %s', (_, text) => {
  expect(redactInPieces([secret], `(${text})`, [5, 9])).toBe(`(${secretMask})`);
});

test('secrets of four bytes are masked in base64 at every alignment', () => {
  for (const before of ['', 'x', 'xy']) {
    const encoded = Buffer.from(`${before}Zq7!end`).toString('base64');
    expect(redactInPieces(['Zq7!'], encoded, [3])).toMatch(/^.{0,4}\*\*\*.{1,8}$/);
  }
});

describe('what is masked has a type of its own', () => {
  const redactor = createRedactor(['hunter2hunter2']);

  test('which text and bytes of elsewhere do not have', () => {
    const show = (text: MaskedText, bytes: MaskedBytes): string => `${text}${bytes.length}`;
    const bytes = new TextEncoder().encode('hunter2hunter2');
    // @ts-expect-error Text that no redactor has seen.
    show('hunter2hunter2', redactor.createStream().push(bytes));
    // @ts-expect-error Bytes that no redactor has seen.
    show(redactor.redactText('hunter2hunter2'), bytes);
    expect(show(redactor.redactText('hunter2hunter2'), redactor.createStream().push(bytes))).toBe('***3');
  });

  test('which it keeps in another form', () => {
    const stream = redactor.createStream();
    const masked: MaskedBytes = stream.push(new TextEncoder().encode('a hunter2hunter2!'));
    const shown: MaskedText = decodeMasked(reshapeMasked(masked, (bytes) => bytes.subarray(2)));
    expect(shown).toBe('***!');
  });
});
