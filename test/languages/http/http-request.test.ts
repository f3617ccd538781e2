import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHttpRequests } from '../../../src/languages/http/http-request.ts';
import { anyCharacter } from '../../any-character.ts';

const read = (code: string, variables: Readonly<Record<string, string>> = {}) =>
  parseHttpRequests(code, variables);

describe('requests', () => {
  test('an address alone is asked for', () => {
    expect(read('https://example.com/health\n')).toEqual({
      ok: true,
      value: [
        { line: 1, method: 'GET', url: 'https://example.com/health', headers: [], followsRedirects: true },
      ],
    });
  });

  test('a request has a method, a query over several lines, headers and a body', () => {
    const code = [
      '# Asks for a restart.',
      '',
      'POST https://example.com/restart HTTP/1.1',
      '  ?unit=web',
      '  &mode=soft',
      'Accept: application/json',
      '// not sent',
      'X-Reason: a: b',
      '',
      '{ "who": "$USER",',
      '',
      '# kept',
      '  "$ref": "\\$5" }',
      '',
      '',
    ].join('\n');
    expect(read(code, { USER: 'ada' })).toEqual({
      ok: true,
      value: [
        {
          line: 3,
          method: 'POST',
          url: 'https://example.com/restart?unit=web&mode=soft',
          headers: [
            ['Accept', 'application/json'],
            ['X-Reason', 'a: b'],
            ['Content-Type', 'application/json'],
          ],
          followsRedirects: true,
          body: '{ "who": "ada",\n\n# kept\n  "$ref": "$5" }',
        },
      ],
    });
  });

  test('several requests are parted by ### and can be named', () => {
    const code = 'GET http://a/1\n\n### Second one\n# @no-redirect\nDELETE http://a/2\n###\n';
    expect(read(code)).toEqual({
      ok: true,
      value: [
        { line: 1, method: 'GET', url: 'http://a/1', headers: [], followsRedirects: true },
        {
          line: 5,
          name: 'Second one',
          method: 'DELETE',
          url: 'http://a/2',
          headers: [],
          followsRedirects: false,
        },
      ],
    });
  });

  test.each([
    ['GET /x?y=1 HTTP/1.1\nHost: example.com', 'https://example.com/x?y=1'],
    ['GET /x\nHost: localhost:8080', 'http://localhost:8080/x'],
    ['GET /x\nHost: 127.0.0.1', 'http://127.0.0.1/x'],
  ])('a path goes to the host of the Host header: %j', (code, url) => {
    expect(read(code)).toEqual({
      ok: true,
      value: [{ line: 1, method: 'GET', url, headers: [], followsRedirects: true }],
    });
  });

  test('user and password of an address become a header', () => {
    expect(read('GET https://ada:p%40ss@example.com/')).toEqual({
      ok: true,
      value: [
        {
          line: 1,
          method: 'GET',
          url: 'https://example.com/',
          headers: [['Authorization', 'Basic YWRhOnBAc3M=']],
          followsRedirects: true,
        },
      ],
    });
  });

  test('forms are one line, and parts end as RFC 2046 wants', () => {
    const form = 'POST http://a/\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=2\n';
    const parts = 'POST http://a/\nContent-Type: multipart/form-data; boundary=x\n\n--x\n\n1\n--x--\n';
    const bodies = [form, parts].map((code) => {
      const result = read(code);
      return result.ok && result.value[0]?.body;
    });
    expect(bodies).toEqual(['a=1&b=2', '--x\r\n\r\n1\r\n--x--\r\n']);
  });

  test('lines may end as on Windows', () => {
    const result = read('POST http://a/\r\nA: b\r\n\r\nx\r\ny\r\n');
    expect(result.ok && [result.value[0]?.headers, result.value[0]?.body]).toEqual([[['A', 'b']], 'x\ny']);
  });
});

describe('variables', () => {
  test('are put in as they are in three ways, and encoded when asked', () => {
    const code =
      'PUT $BASE/items/${ID}?q={{ID|url}}\nX: {{item-name}}\n\n{{ID | json}} {{ID|base64}} $lower\n';
    expect(read(code, { BASE: 'http://a', ID: `1/"'ü`, ITEM_NAME: 'n' })).toEqual({
      ok: true,
      value: [
        {
          line: 1,
          method: 'PUT',
          url: `http://a/items/1/%22'%C3%BC?q=1%2F%22%27%C3%BC`,
          headers: [['X', 'n']],
          followsRedirects: true,
          body: `1/\\"'ü MS8iJ8O8 $lower`,
        },
      ],
    });
  });

  test('a value is never read as a variable, a header or a request', () => {
    const value = '$OTHER {{OTHER}}\n\n### \nDELETE http://b/';
    const result = read('POST http://a/\n\n$VALUE', { VALUE: value, OTHER: 'no' });
    expect(result.ok && result.value.map(({ method, body }) => [method, body])).toEqual([['POST', value]]);
  });

  test('any text reaches a JSON body, a query and base64 unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (VALUE) => {
        const code = 'POST http://a/?q={{VALUE|url}}\n\n{"v":"{{VALUE|json}}","b":"{{VALUE|base64}}"}';
        const result = read(code, { VALUE });
        const request = result.ok ? result.value[0] : undefined;
        const body = JSON.parse(request?.body ?? '') as { v: string; b: string };
        const query = new URL(request?.url ?? '').searchParams.get('q');
        expect([query, body.v, Buffer.from(body.b, 'base64').toString()]).toEqual([VALUE, VALUE, VALUE]);
      }),
      { numRuns: 300 },
    );
  });

  test('no header value adds a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (VALUE) => {
        const result = read('GET http://a/\nX: a${VALUE}b', { VALUE });
        if (!result.ok) return;
        expect(() => new Headers([['X', result.value[0]?.headers[0]?.[1] ?? '']])).not.toThrow();
        expect(result.value[0]?.headers).toEqual([['X', `a${VALUE}b`]]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('problems', () => {
  test.each([
    [
      '',
      {},
      [
        {
          line: 1,
          message: 'the block holds no request',
          help: 'begin with a line such as `GET https://example.com/health`',
        },
      ],
    ],
    ['get http://a/', {}, [{ line: 1, message: '`get` is not a method', help: 'write `GET`' }]],
    ['GET nowhere', {}, [{ line: 1, message: '`nowhere` is not an address' }]],
    [
      'GET ftp://a/',
      {},
      [
        {
          line: 1,
          message: '`ftp://a/` is neither https nor http',
          help: 'an address begins with `https://` or `http://`',
        },
      ],
    ],
    [
      'GET /x',
      {},
      [{ line: 1, message: '`/x` names no host', help: 'write the whole address, or add a `Host:` header' }],
    ],
    [
      'GET http://a/$ID',
      { ID: 'a b' },
      [
        {
          line: 1,
          message: '`http://a/$ID` would hold a blank',
          help: 'write a value that may hold blanks as `{{NAME|url}}`',
        },
      ],
    ],
    [
      'GET http://a/$URL_BSAE',
      { URL_BASE: 'x' },
      [{ line: 1, message: 'there is no variable `URL_BSAE`', help: 'did you mean `URL_BASE`?' }],
    ],
    [
      'GET http://a/\nX: {{A|upper}}',
      { A: 'x' },
      [
        {
          line: 2,
          message: '`upper` is not a way to write a value',
          help: 'there are `json`, `url`, `base64`',
        },
      ],
    ],
    [
      'GET http://a/\nX: $A',
      { A: 'secret\r\nY: 1' },
      [{ line: 2, message: 'the value of `X` would hold a line break' }],
    ],
    [
      'GET http://a/\nX: 漢',
      {},
      [
        {
          line: 2,
          message: 'the value of `X` would hold a letter that no header can carry',
          help: 'a header holds Latin-1 letters only; encode the value, as in `{{NAME|url}}`',
        },
      ],
    ],
    [
      'GET http://a/\n{"a":1}',
      {},
      [
        {
          line: 2,
          message: 'this line is not a header',
          help: 'a header is `Name: value`; a body comes after an empty line',
        },
      ],
    ],
    [
      'GET http://a/\n\nx',
      {},
      [
        {
          line: 1,
          message: 'a `GET` request has no body',
          help: 'servers that read a query from a body take POST as well',
        },
      ],
    ],
    [
      'GET http://a/\nHost: b',
      {},
      [
        {
          line: 1,
          message: 'the `Host` header is not the host of `http://a/`',
          help: 'write the host into the address',
        },
      ],
    ],
    ['TRACE http://a/', {}, [{ line: 1, message: '`TRACE` requests cannot be sent' }]],
    [
      'POST http://a/\n\n< ./body.json',
      {},
      [
        {
          line: 3,
          message: 'a body is not read from a file',
          help: 'read the file into a variable in a shell block, and write the variable here',
        },
      ],
    ],
  ])('%j', (code, variables, error) => {
    expect(read(code, variables as Record<string, string>)).toEqual({ ok: false, error });
  });

  test('nothing throws, whatever the block holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (code) => {
        expect(typeof read(code).ok).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });
});
