// Owns the scripts that stand in for commands in a test.
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import type { StubReply } from '../../../runbook/cases/parse-test-file.ts';

/** Where stand-ins find what they need, and leave what they have seen. */
export interface StubPlaces {
  /** The real bash. */
  readonly bash: string;
  /** A file that every call is added to, with a NUL behind it. */
  readonly calls: string;
  /** The same for calls that no reply fits. */
  readonly refused: string;
  /** A folder for how often each reply was given. */
  readonly counts: string;
}

/** A stand-in of a command: tells each call, and gives the first reply that fits and is not used up. */
export function renderStub(name: string, replies: readonly StubReply[], places: StubPlaces): string {
  const { bash, calls, refused, counts } = places;
  return [
    `#!${bash}`,
    "line=''",
    'for word in "$@"; do',
    `  if [[ $word =~ ^[A-Za-z0-9_./:=@%+,^{}-]+$ ]]; then line+=" $word"`,
    `  else line+=" '\${word//\\'/\\'\\\\\\'\\'}'"; fi`,
    'done',
    `printf '%s\\0' ${shellQuote(name)}"$line" >> ${shellQuote(calls)}`,
    'given="$*"',
    ...replies.flatMap((reply, index) => renderReply(reply, `${counts}/${name}.${index}`)),
    `printf '%s\\0' ${shellQuote(name)}"$line" >> ${shellQuote(refused)}`,
    `printf 'no stub fits this call: %s\\n' ${shellQuote(name)}"$line" >&2`,
    'exit 127',
    '',
  ].join('\n');
}

function renderReply(reply: StubReply, count: string): readonly string[] {
  const { when, times, stdout, stderr, script, exit = 0 } = reply;
  const fits = when === undefined ? 'true' : renderMatch(when);
  const isLeft =
    times === undefined
      ? ''
      : ` && { n=0; [[ -f ${shellQuote(count)} ]] && n=$(<${shellQuote(count)}); ((n < ${times})); }`;
  return [
    `if ${fits}${isLeft}; then`,
    ...(times === undefined ? [] : [`  echo "$((n + 1))" > ${shellQuote(count)}`]),
    ...(stdout === undefined ? [] : [`  printf '%s' ${shellQuote(asLines(stdout))}`]),
    ...(stderr === undefined ? [] : [`  printf '%s' ${shellQuote(asLines(stderr))} >&2`]),
    ...(script === undefined
      ? []
      : [`  eval ${shellQuote(script)}`, ...(reply.exit === undefined ? ['  exit'] : [])]),
    `  exit ${exit}`,
    'fi',
  ];
}

/** `/…/` is an extended regular expression; anything else a text of which `*` and `?` stand for other text. */
function renderMatch(when: string): string {
  const regex = /^\/(.+)\/$/s.exec(when)?.[1];
  if (regex !== undefined) return `{ re=${shellQuote(regex)}; [[ $given =~ $re ]]; }`;
  const parts = when.split(/([*?])/).map((part) => (part === '*' || part === '?' ? part : shellQuote(part)));
  return `[[ $given == ${parts.join('')} ]]`;
}

const asLines = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
