import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/run/masking/redactor.ts';

/** What is masked is the whole of it: nothing of the secret's own letters is left. */
const masked = (secret: string, text: string): string =>
  createRedactor([secret]).redactText(`say ${text} now`);

describe('a secret in JSON', () => {
  const secret = `k<a>&'b"/\\é=+\u0001z9`;
  test.each([
    ['JSON.stringify', 'k<a>&\'b\\"/\\\\é=+\\u0001z9'],
    ['encoding/json of Go', 'k\\u003ca\\u003e\\u0026\'b\\"/\\\\é=+\\u0001z9'],
    ['json.dumps of Python', 'k<a>&\'b\\"/\\\\\\u00e9=+\\u0001z9'],
    ['json_encode of PHP', 'k<a>&\'b\\"\\/\\\\\\u00e9=+\\u0001z9'],
    ['Gson', 'k\\u003ca\\u003e\\u0026\\u0027b\\"/\\\\é\\u003d+\\u0001z9'],
    ['System.Text.Json', 'k\\u003Ca\\u003E\\u0026\\u0027b\\u0022/\\\\\\u00E9=\\u002B\\u0001z9'],
    ['Go in Go', 'k\\\\u003ca\\\\u003e\\\\u0026\'b\\\\\\"/\\\\\\\\é=+\\\\u0001z9'],
    ['JavaScript in Go', 'k\\u003ca\\u003e\\u0026\'b\\\\\\"/\\\\\\\\é=+\\\\u0001z9'],
    ['Python in Python', 'k<a>&\'b\\\\\\"/\\\\\\\\\\\\u00e9=+\\\\u0001z9'],
  ])('%s', (_, written) => {
    expect(masked(secret, written)).toBe('say *** now');
  });
});
