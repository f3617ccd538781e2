// Owns the forms in which a secret can turn up in output.
import { tableForms } from './table-forms.ts';

/** Texts shorter than this, in bytes, are not looked for: they would be found everywhere. */
export const shortestSecretBytes = 4;

const encoder = new TextEncoder();
const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Every form of a secret that output is searched for: as it is, its lines, and as JSON, URL, form, HTML,
 * SQL, CSV, Markdown, tables of database clients, shell (seven quotings), hexadecimal and base64 write it, the latter at
 * each of the three alignments that it can have inside a longer text.
 */
export function secretForms(secret: string): Uint8Array[] {
  const raw = encoder.encode(secret);
  const forms = new Set<string>();
  const json = JSON.stringify(secret).slice(1, -1);
  const lines = secret.split(/\r?\n/);
  for (const form of [
    secret,
    secret.trim(),
    // Names of hosts, and of much else, lose their case.
    secret.toLowerCase(),
    secret.toUpperCase(),
    lines.join('\r\n'),
    ...(lines.length > 1 ? lines.filter((line) => encoder.encode(line).length >= 8) : []),
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[\u0080-\uffff]/g, jsonEscape),
    json.replace(/[<>&'\u0080-\uffff]/g, jsonEscape),
    ...percentForms(raw),
    secret.replace(/[&<>"']/g, htmlEscape),
    secret.replaceAll("'", "'\\''"),
    secret.replaceAll("'", `'"'"'`),
    ...backslashForms(secret),
    secret.replace(/[$`"\\]/g, '\\$&'),
    ansiQuoted(secret),
    // As a cell of a Markdown table, and of CSV.
    secret.replaceAll('|', '\\|').replace(/\r\n|\r|\n/g, '<br>'),
    secret.replaceAll('"', '""'),
    secret.replaceAll("'", "''"),
    ...tableForms(secret),
    // JSON inside JSON, as services log each other's bodies.
    JSON.stringify(json).slice(1, -1),
    hexadecimal(raw),
    hexadecimal(raw).toUpperCase(),
    ...base64Forms(raw),
  ])
    if (form !== '') forms.add(form);
  return [...forms].map((form) => encoder.encode(form)).filter((form) => form.length >= shortestSecretBytes);
}

function jsonEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function htmlEscape(character: string): string {
  return htmlNames[character] ?? character;
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

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** RFC 3986 percent-encoding as the common encoders write it: strict, JavaScript's, and HTML forms'. */
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
    return kept.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** RFC 4648 base64 of a secret inside a longer text: only the letters that no neighbouring byte can change. */
function base64Forms(bytes: Uint8Array): string[] {
  const forms: string[] = [];
  for (let before = 0; before < 3; before++) {
    const padded = new Uint8Array(before + bytes.length);
    padded.set(bytes, before);
    const letters = base64Digits(padded).slice(
      Math.ceil((before * 8) / 6),
      Math.floor((padded.length * 8) / 6),
    );
    // Below four letters a form says too little to be told from chance; a secret of four bytes has no more.
    if (letters.length >= 4) forms.push(letters);
    const toEnd = base64Digits(padded).slice(Math.ceil((before * 8) / 6));
    if (toEnd.length >= 6)
      forms.push(toEnd, toEnd.padEnd(toEnd.length + ((3 - (padded.length % 3)) % 3), '='));
  }
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function base64Digits(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let digit = 0; digit < Math.min(4, bytes.length - index + 1); digit++)
      text += base64Letters[(group >> (18 - 6 * digit)) & 63];
  }
  return text;
}
