import { describe, expect, test } from 'vitest';
import { parse } from '../../runbook-of.ts';

const keys = 'concurrency: forbid\ninputs:\n  TARGET: { required: true }\n';
const page = '\n# T\n\n```sh\ntrue\n```\n';

const told = (text: string) =>
  parse(text).diagnostics.flatMap(({ code, severity, message }) =>
    code === 'front-matter-place' ? [`${severity}: ${message}`] : [],
  );
const none = (why: string, severity = 'error') => [
  `${severity}: this reads like front matter and is none: ${why}`,
];

describe('what reads like front matter and is none', () => {
  test.each([
    ['never closed', `---\n${keys}${page}`, none('it is never closed')],
    ['with an indented end', `---\n${keys}  ---\n${page}`, none('`  ---` does not close it')],
    ['behind a blank line', `\n---\n${keys}---\n${page}`, none('something stands before it')],
    ['behind a comment', `<!-- Copyright -->\n---\n${keys}---\n${page}`, none('something stands before it')],
    ['opened by four dashes', `----\n${keys}---\n${page}`, none('`----` opens none')],
    ['never opened', `${keys}---\n${page}`, none('it is never opened')],
    [
      'with windows line ends',
      `\r\n---\r\nconcurrency: forbid\r\n---\r\n`,
      none('something stands before it'),
    ],
    [
      'of a site',
      `\n---\ntitle: T\ndescription: D\n---\n${page}`,
      none('something stands before it', 'warning'),
    ],
  ])('%s', (_what, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test.each([
    ['front matter', `---\n${keys}---\n${page}`],
    ['a line across the page', `---\n\nSome words: and more.\n\n---\n${page}`],
    ['other keys', `\n---\nlayout: page\n---\n${page}`],
    ['words', `title: of the page\n\nMore words.\n${page}`],
    ['a heading underlined', `A title\n---\n${page}`],
  ])('%s does not', (_what, text) => {
    expect(told(text)).toEqual([]);
  });
});
