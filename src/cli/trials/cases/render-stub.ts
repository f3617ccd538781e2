// Owns the scripts that stand in for commands in a test.
import { shellQuote } from '../../../languages/shell/shell-quote.ts';
import type { StubReply } from '../../../runbook/cases/parse-test-file.ts';
import { readTestPattern } from '../../../runbook/cases/read-test-pattern.ts';

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

/** What a command answers, everywhere and on hosts by name. */
export interface StubReplies {
  readonly replies: readonly StubReply[];
  readonly ofHosts: ReadonlyMap<string, readonly StubReply[]>;
}

/** How a call on a host is written: behind the host's name, as behind a prompt. */
const onHost = '${RUNSHEET_HOST:+$RUNSHEET_HOST\\$ }';

/**
 * A stand-in of a command: tells each call, and gives the first reply that fits and is not used up; on a host, those of
 * the host first. What is used up is so for each host by itself.
 */
export function renderStub(name: string, { replies, ofHosts }: StubReplies, places: StubPlaces): string {
  const { bash, calls, refused, counts } = places;
  const called = `"${onHost}"${shellQuote(name)}"$line"`;
  const count = (index: number, host?: string): string =>
    `${shellQuote(`${counts}/${name}.${index}${host === undefined ? '' : '.own'}`)}"\${RUNSHEET_HOST:+.$RUNSHEET_HOST}"`;
  return [
    `#!${bash}`,
    "line=''",
    'for word in "$@"; do',
    `  if [[ $word =~ ^[A-Za-z0-9_./:=@%+,^{}-]+$ ]]; then line+=" $word"`,
    `  else line+=" '\${word//\\'/\\'\\\\\\'\\'}'"; fi`,
    'done',
    `printf '%s\\0' ${called} >> ${shellQuote(calls)}`,
    'given="$*"',
    ...[...ofHosts].flatMap(([host, own]) => [
      `if [[ \${RUNSHEET_HOST-} == ${shellQuote(host)} ]]; then :`,
      ...own.flatMap((reply, index) => renderReply(reply, count(index, host))),
      'fi',
    ]),
    ...replies.flatMap((reply, index) => renderReply(reply, count(index))),
    `printf '%s\\0' ${called} >> ${shellQuote(refused)}`,
    `printf 'no stub fits this call: %s\\n' ${called} >&2`,
    'exit 127',
    '',
  ].join('\n');
}

/** `count` is the word of the file that counts how often it was given. */
function renderReply(reply: StubReply, count: string): readonly string[] {
  const { when, times, stdout, stderr, script, exit = 0 } = reply;
  const fits = when === undefined ? 'true' : renderMatch(when);
  const isLeft =
    times === undefined ? '' : ` && { n=0; [[ -f ${count} ]] && n=$(<${count}); ((n < ${times})); }`;
  return [
    `if ${fits}${isLeft}; then`,
    ...(times === undefined ? [] : [`  echo "$((n + 1))" > ${count}`]),
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
  const read = readTestPattern(when);
  if (read !== undefined && 'pattern' in read)
    return `{ re=${shellQuote(read.pattern.extended ?? '')}; [[ $given =~ $re ]]; }`;
  const parts = when.split(/([*?])/).map((part) => (part === '*' || part === '?' ? part : shellQuote(part)));
  return `[[ $given == ${parts.join('')} ]]`;
}

const asLines = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
