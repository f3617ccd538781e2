// Owns a program that prints a secret in every encoding that tools use, written apart from the tool's own masking.

/** Encodings whose texts tools break into lines; they are hunted for with all line breaks taken out. */
export const wrappedEncodings = new Set(['base64-wrapped', 'hex-wrapped', 'terminal-wrapped']);

/**
 * A program for Node. `node emit.mjs NAME WHERE` prints the variable NAME in each encoding to `stdout`, `stderr`, or
 * `split`: byte by byte to stdout, with pauses; `coloured`, or as a `list` with NUL between them; `node emit.mjs NAME forms` prints what there is to hunt for, as JSON.
 */
export const emitter = String.raw`
const [, , name, where] = process.argv;
const secret = process.env[name];
const bytes = Buffer.from(secret, 'utf8');
const base64 = (before, after) => Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]).toString('base64');
const fold = (text, width) => text.match(new RegExp('[^]{1,' + width + '}', 'g')).join('\n');
const json = JSON.stringify(secret).slice(1, -1);
const ascii = (text) => text.replace(/[\u0080-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
const percent = (kept) => [...bytes].map((b) => {
  const c = String.fromCharCode(b);
  return kept.test(c) ? c : '%' + b.toString(16).padStart(2, '0').toUpperCase();
}).join('');
const html = secret.replace(/[&<>"']/g, (c) => '&' + { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[c] + ';');
const pairs = [...bytes].map((b) => b.toString(16).padStart(2, '0'));
const forms = {
  raw: secret,
  'lower-case': secret.toLowerCase(),
  'upper-case': secret.toUpperCase(),
  json,
  'json-ascii': ascii(json),
  'json-slashes': json.replaceAll('/', '\\/'),
  'json-in-json': JSON.stringify(json).slice(1, -1),
  'url-component': encodeURIComponent(secret),
  'url-strict': percent(/[A-Za-z0-9._~-]/),
  'url-lower': percent(/[A-Za-z0-9._~-]/).replace(/%[0-9A-F]{2}/g, (c) => c.toLowerCase()),
  form: new URLSearchParams({ k: secret }).toString().slice(2),
  html,
  'shell-single': secret.replaceAll("'", "'\\''"),
  'shell-double': secret.replace(/[$"\\]|\x60/g, '\\$&'),
  'shell-backslash': secret.replace(/[^A-Za-z0-9_@%+=:,./\n-]/gu, '\\$&'),
  'shell-ansi': secret.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t'),
  csv: secret.replaceAll('"', '""'),
  sql: secret.replaceAll("'", "''"),
  'table-cell': secret.replace(/[^\n\t]*\t/g, (part) => part.slice(0, -1) + ' '.repeat(8 - ((part.length - 1) % 8))),
  'markdown-cell': secret.replaceAll('|', '\\|').replaceAll('\n', '<br>'),
  base64: base64('', ''),
  'base64-after-1': base64('x', 'end'),
  'base64-after-2': base64('xy', 'end'),
  'base64-inside': base64('user:', '\n'),
  base64url: bytes.toString('base64url'),
  'base64-wrapped': fold(base64('', ''), 19),
  hex: bytes.toString('hex'),
  'hex-upper': bytes.toString('hex').toUpperCase(),
  'hex-wrapped': fold(bytes.toString('hex'), 31),
  'terminal-wrapped': fold(secret, 17),
  'hex-blanks': pairs.join(' '),
  'hex-colons': pairs.join(':'),
  'hex-dashes': pairs.join('-').toUpperCase(),
  'hex-groups': bytes.toString('hex').replace(/....(?!$)/g, '$& '),
  'hex-of-c': pairs.map((pair) => '0x' + pair).join(', ').slice(2),
  'hex-escapes': pairs.join('\\x'),
  'octal-escapes': [...bytes].map((b) => '\\' + b.toString(8).padStart(3, '0')).join(''),
  'bytes-list': JSON.stringify([...bytes]).slice(1, -1),
  'url-all': pairs.join('%'),
};
// Of a form inside a longer text only those letters are the secret's that no neighbour can change.
const core = { 'base64-after-1': [2, 5], 'base64-after-2': [3, 6], 'base64-inside': [7, 4] };
const needles = Object.fromEntries(Object.entries(forms).map(([key, text]) => {
  const cut = core[key];
  return [key, cut ? text.slice(cut[0], text.length - cut[1]) : text.replaceAll(/(-wrapped)/g, '$1')];
}));
if (where === 'forms') process.stdout.write(JSON.stringify(needles));
else if (where === 'list') process.stdout.write(Object.values(forms).join('\0'));
else if (where === 'coloured') {
  for (const text of Object.values(forms)) {
    const half = text.length >> 1;
    process.stdout.write('\u001b[01;31m\u001b[K' + text.slice(0, half) + '\u001b[m\u001b[K' + text.slice(half) + '\n');
    process.stdout.write([...text].map((c, at) => '\u001b[3' + (at % 8) + 'm' + c).join('') + '\u001b[0m\n');
  }
} else if (where === 'split') {
  const all = Buffer.from(Object.entries(forms).map(([key, text]) => key + ' [' + text + ']\n').join(''));
  const step = Math.max(1, Math.ceil(all.length / 400));
  for (let at = 0; at < all.length; at += step) {
    process.stdout.write(all.subarray(at, at + step));
    if (at % (step * 40) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
} else
  for (const [key, text] of Object.entries(forms)) process[where].write(key + ' [' + text + ']\n');
`;
