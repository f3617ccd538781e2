import { expect, test } from 'vitest';
import { silentReads } from '../../../../src/languages/shell/reader/silent-reads.ts';

test.each([
  ['read -s word', ['word']],
  ['read -rs word other', ['word', 'other']],
  ['read -r -s -p "Password: " word; echo', ['word']],
  ['read -srp Password: word', ['word']],
  ["read -rs 'word?Password: '", ['word']],
  ['IFS= read -rsn 64 word', ['word']],
  ['read -sa words', ['words']],
  ['read -s', ['REPLY']],
  ['if ! read -s word </dev/tty; then exit 1; fi', ['word']],
  ['f() { read -s word; }\nwhile read line; do f; done', ['word']],
  ['stty -echo; read word; stty echo', ['word']],
  ['read -r word', []],
  ['read -p "-s" word', []],
  ['echo read -s word', []],
  ['# read -s word', []],
  ["cat <<'E'\nread -s word\nE", []],
])('%s', (code, names) => {
  expect(silentReads(code)).toEqual(names);
});
