// Owns the warning that a secret stands in the page, where everybody can read it.
import { saysSecret } from '../../../basics/says-secret.ts';
import { span } from '../../../text/span.ts';
import type { LintRule } from '../lint-rule.ts';

/** What it is, and the form that no other text has. */
const forms: readonly (readonly [what: string, form: RegExp])[] = [
  ['an access key of AWS', /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g],
  ['a token of GitHub', /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{82})(?!\w)/g],
  ['a token of GitLab', /(?<![A-Za-z0-9])glpat-[\w-]{20}(?![\w-])/g],
  ['a token of Slack', /(?<![A-Za-z0-9])xox[abprs]-\d{8,}-[A-Za-z0-9-]{16,}/g],
  ['a live key of Stripe', /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{24,}/g],
  ['a key of Google', /(?<![A-Za-z0-9])AIza[\w-]{35}(?![\w-])/g],
  ['a signed token (JWT)', /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g],
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40,}/g],
];

const assigned = /(?<![\w$])([A-Za-z_]\w*)["']?[ \t]*[:=][ \t]*["']?([A-Za-z0-9+/_=-]{20,})(?![\w$./-])/g;

export const secretInText: LintRule = {
  code: 'secret-in-text',
  severity: 'warning',
  summary: 'a key, a token or a password is in the page itself',
  explanation:
    'What is in a page is in its history, in every copy and in what a run shows. Treat it as known to others: revoke it, then declare a secret that comes from elsewhere, `inputs: { API_TOKEN: { secret: { command: pass show api } } }`. The forms of well-known keys and tokens are found, and random values that are given to a name that says secret.',
  examples: {
    good: [
      '## Steps\n\n```sh\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\ncurl -H "Token: $API_TOKEN" localhost\n```\n',
      '## Steps\n\n```sh\nPASSWORD_FILE=/run/secrets/Db1Password2Of3Shop\ngit checkout 8f14e45fceea167a5a36dedd4bea2543\n```\n',
    ],
    bad: [
      `# T\n\nThe key is ${'AKIA'}Q7ZB2XKD5WLMV3TN.\n`,
      `## Steps\n\n\`\`\`sh\ngit clone https://x:${'ghp'}_a8Fk2LmQ0zXw9RtY4uPc7VbN1sDe6Gh3JkQ5@github.com/a/b\n\`\`\`\n`,
      '## Steps\n\n```sh\nlogin --password=Zk8vQ2mX7pLw4RtY9sBn\n```\n',
    ],
  },
  check: ({ source }) => {
    const { text, toByteOffset } = source;
    const found = new Map<number, { readonly what: string; readonly end: number }>();
    for (const [what, form] of forms) {
      for (const { index, 0: value } of text.matchAll(form))
        if (!isMadeUp(value)) found.set(index, { what, end: index + firstLine(value).length });
    }
    for (const { index, 0: whole, 1: name = '', 2: value = '' } of text.matchAll(assigned)) {
      const start = index + whole.length - value.length;
      if (saysSecret(name) && isDrawn(value) && !found.has(start))
        found.set(start, { what: 'a secret', end: start + value.length });
    }
    return [...found].map(([start, { what, end }]) => ({
      code: secretInText.code,
      severity: secretInText.severity,
      message: `this has the form of ${what}, and everybody who has the page can read it`,
      span: span(toByteOffset(start), toByteOffset(end)),
      help: 'revoke it, and declare where the new one comes from: `secret: { command: … }`',
    }));
  },
};

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}

/** `EXAMPLE`, `xxxx`, `1234…`: written to be no secret. */
function isMadeUp(value: string): boolean {
  return (
    /example|sample|dummy|fake|redacted|your|x{4}|0{5}|1{5}|a{5}|12345|abcde/i.test(value) ||
    entropy(value) < 3
  );
}

/** Letters of both cases and digits in no order. */
function isDrawn(value: string): boolean {
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && (value.match(/\d/g)?.length ?? 0) >= 2;
  return isMixed && entropy(value) >= 3.8 && !isMadeUp(value) && !/[A-Za-z]{8}/.test(value);
}

/** Bits a character, by how often each one stands there. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}
