import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/run/masking/redactor.ts';

/** What is masked is the whole of it: nothing of the secret's own letters is left. */
const masked = (secret: string, text: string): string =>
  createRedactor([secret]).redactText(`say ${text} now`);

describe('a secret in HTML', () => {
  const secret = `k<a>&'b"/é=+\`z9`;
  test.each([
    ['html.escape of Python', 'k&lt;a&gt;&amp;&#x27;b&quot;/é=+`z9'],
    ['escape of xml.sax', `k&lt;a&gt;&amp;'b"/é=+\`z9`],
    ['htmlspecialchars of PHP', 'k&lt;a&gt;&amp;&#039;b&quot;/é=+`z9'],
    ['a writer of XML', 'k&lt;a&gt;&amp;&apos;b&quot;/é=+`z9'],
    ['one that leaves >', `k&lt;a>&amp;'b&quot;/é=+\`z9`],
    ['html of Go', 'k&lt;a&gt;&amp;&#39;b&#34;/é=+`z9'],
    ['html/template of Go', 'k&lt;a&gt;&amp;&#39;b&#34;/é=&#43;`z9'],
    ['Mustache', 'k&lt;a&gt;&amp;&#39;b&quot;&#x2F;é&#x3D;+&#x60;z9'],
    ['xmlcharrefreplace', `k&lt;a&gt;&amp;'b"/&#233;=+\`z9`],
  ])('%s', (_, written) => {
    expect(masked(secret, written)).toBe('say *** now');
  });
});
