// Owns the forms in which a secret can turn up in output.
import { base64Forms } from './base64-forms.ts';
import { htmlForms } from './html-forms.ts';
import { jsonForms } from './json-forms.ts';
import { shortestLineBytes, tableForms } from './table-forms.ts';
import { shortestSecretBytes } from './why-not-masked.ts';

const encoder = new TextEncoder();

/** One kind of writing down a secret. */
interface FormKind {
  /** What it is, for people. */
  readonly name: string;
  readonly of: (secret: string, bytes: Uint8Array) => readonly string[];
}

/** Every kind that output is searched for; the page on secrets lists them. */
export const formKinds: readonly FormKind[] = [
  {
    name: 'as it is, in either normal form of Unicode, with blanks around it or without, with either line end',
    of: (secret) => [
      secret,
      secret.trim(),
      secret.normalize('NFC'),
      secret.normalize('NFD'),
      secret.replace(/\r?\n/g, '\r\n'),
    ],
  },
  // Names of hosts, and of much else, lose their case.
  { name: 'in lower case, in upper case', of: (secret) => [secret.toLowerCase(), secret.toUpperCase()] },
  {
    name: `line by line, lines of ${shortestLineBytes} bytes and more`,
    of: (secret) => {
      const lines = secret.split(/\r?\n/);
      return lines.length > 1 ? lines.filter((line) => encoder.encode(line).length >= shortestLineBytes) : [];
    },
  },
  {
    name: 'JSON, in every way of the usual writers (`\\/`, `\\uNNNN` for `<`, `>`, `&`, quotes, what is beyond ASCII), and inside a string of JSON',
    of: jsonForms,
  },
  {
    name: 'URL and HTML form (percent-encoding, strict and lenient, in either case)',
    of: (_, bytes) => percentForms(bytes),
  },
  {
    name: 'HTML and XML, in every way of the usual writers (`&quot;`, `&#34;`, `&#x27;`, `&#039;`, `&apos;` …)',
    of: htmlForms,
  },
  {
    name: "quoted by a shell: in `'…'`, in `\"…\"`, with backslashes, in `$'…'`",
    of: (secret) => [
      secret.replaceAll("'", "'\\''"),
      secret.replaceAll("'", `'"'"'`),
      ...backslashForms(secret),
      secret.replace(/[$`"\\]/g, '\\$&'),
      ansiQuoted(secret),
    ],
  },
  {
    name: 'SQL and CSV (doubled quotes)',
    of: (secret) => [secret.replaceAll('"', '""'), secret.replaceAll("'", "''")],
  },
  {
    name: 'a cell of a Markdown table',
    of: (secret) => [secret.replaceAll('|', '\\|').replace(/\r\n|\r|\n/g, '<br>')],
  },
  { name: 'tables of `psql` and `sqlite3`', of: tableForms },
  {
    name: 'bytes in hexadecimal, in either case: together, in groups of two bytes, or with blanks, colons, dashes, `, 0x`, `\\x` or `%` between them',
    of: (_, bytes) => hexadecimalForms(bytes),
  },
  {
    name: 'escaped bytes beyond ASCII: `\\xNN`, `\\NNN`',
    of: (secret) => [
      escapedBytes(secret, (byte) => `\\x${hexadecimal(byte)}`),
      escapedBytes(secret, octalEscape),
    ],
  },
  {
    name: 'bytes in octal, as `\\NNN`; in decimal, as a list',
    of: (_, bytes) => [
      Array.from(bytes, octalEscape).join(''),
      bytes.join(','),
      bytes.join(', '),
      bytes.join(' '),
    ],
  },
  { name: 'base64 and base64url, at each place inside a longer text', of: (_, bytes) => base64Forms(bytes) },
];

/** Every form of a secret that output is searched for. */
export function secretForms(secret: string): Uint8Array[] {
  const bytes = encoder.encode(secret);
  const forms = new Set(formKinds.flatMap((kind) => kind.of(secret, bytes)));
  return [...forms].map((form) => encoder.encode(form)).filter((form) => form.length >= shortestSecretBytes);
}

const ansiNames: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\\': '\\\\',
  "'": "\\'",
};

/** Inside bash's `$'…'`. */
function ansiQuoted(text: string): string {
  return text.replace(/[\n\t\r\\']/g, (character) => ansiNames[character] ?? character);
}

/** Whole characters are escaped, line ends or not, and letters beyond ASCII or not, as shells and libraries differ. */
function backslashForms(text: string): string[] {
  return [
    /[^A-Za-z0-9_@%+=:,./-]/gu,
    /[^A-Za-z0-9_@%+=:./\u{80}-\u{10ffff}-]/gu,
    /[^A-Za-z0-9_@%+=:,./\n-]/gu,
    /[^A-Za-z0-9_@%+=:,./\n\u{80}-\u{10ffff}-]/gu,
  ].map((special) => text.replace(special, '\\$&'));
}

function hexadecimal(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** As `od`, `xxd`, `openssl` and languages write bytes. */
function hexadecimalForms(bytes: Uint8Array): string[] {
  const pairs = Array.from(bytes, hexadecimal);
  const groups = (start: number): string =>
    pairs.map((pair, index) => (index > 0 && (index + start) % 2 === 0 ? ` ${pair}` : pair)).join('');
  const lower = ['', ' ', ':', '-', ', 0x', '\\x', '%'].map((between) => pairs.join(between));
  return [...lower, groups(0), groups(1)].flatMap((form) => [
    form,
    form.replace(/[a-f]/g, (digit) => digit.toUpperCase()),
  ]);
}

function octalEscape(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/** As Python and bash write what their alphabet does not have: special characters by name, bytes by `write`. */
function escapedBytes(text: string, write: (byte: number) => string): string {
  return ansiQuoted(text).replace(/[^\x20-\x7e]/gu, (character) =>
    Array.from(encoder.encode(character), write).join(''),
  );
}

/** RFC 3986 percent-encoding as the common encoders write it: strict, JavaScript's, paths', and HTML forms'. */
function percentForms(bytes: Uint8Array): string[] {
  const strict = percentEncoded(bytes, /[A-Za-z0-9\-._~]/);
  const lenient = percentEncoded(bytes, /[A-Za-z0-9\-._~!'()*]/);
  const path = percentEncoded(bytes, /[A-Za-z0-9\-._~/]/);
  const form = percentEncoded(bytes, /[A-Za-z0-9\-._*]/).replaceAll('%20', '+');
  return [strict, lenient, path, form].flatMap((text) => [
    text,
    text.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
  ]);
}

function percentEncoded(bytes: Uint8Array, kept: RegExp): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return kept.test(character) ? character : `%${hexadecimal(byte).toUpperCase()}`;
  }).join('');
}
