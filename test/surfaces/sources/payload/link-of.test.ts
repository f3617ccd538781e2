// Tests which addresses of payloads people are led to.
import { expect, test } from 'vitest';
import { linkOf } from '../../../../src/surfaces/sources/payload/link-of.ts';

test.each([
  [['https://example.org/a?b=c'], 'https://example.org/a?b=c'],
  [[undefined, '', 'HTTP://EXAMPLE.org'], 'http://example.org/'],
  [['javascript:alert(1)', 'https://example.org/'], 'https://example.org/'],
  [['\u0001java\nscript:alert(1)'], undefined],
  [['data:text/html,x', 'file:///etc/passwd', '/path', 'mailto:ops@example.org'], undefined],
  [['https://example.org@evil.example/'], undefined],
  [[`https://example.org/${'a'.repeat(2000)}`], undefined],
])('of %j, %j', (candidates, link) => {
  expect(linkOf(...candidates)).toBe(link);
});
