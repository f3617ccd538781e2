import { expect, test } from 'vitest';
import { sessionWords } from '../../../../src/engine/machines/ways/session-words.ts';

/** As OpenSSH 9.2 says it. */
const changed = `@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Someone could be eavesdropping on you right now (man-in-the-middle attack)!
It is also possible that a host key has just been changed.
The fingerprint for the ED25519 key sent by the remote host is
SHA256:q9dO0lNbBJ2JrIvWdBo5VVmHFSVwVyuIfkJ8tI7XJ0U.
Please contact your system administrator.
Add correct host key in /home/ada/.ssh/known_hosts to get rid of this message.
Offending ED25519 key in /home/ada/.ssh/known_hosts:5
  remove with:
  ssh-keygen -f "/home/ada/.ssh/known_hosts" -R "web1"
Host key for web1 has changed and you have requested strict checking.
Host key verification failed.\r
`;

test.each([
  [
    'a key that has changed',
    changed,
    '',
    'WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!; IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!; SHA256:q9dO0lNbBJ2JrIvWdBo5VVmHFSVwVyuIfkJ8tI7XJ0U.; Offending ED25519 key in /home/ada/.ssh/known_hosts:5; Host key verification failed.',
  ],
  [
    'an account that nobody may use',
    '',
    'This account is currently not available.\n',
    'This account is currently not available.',
  ],
  ['the same, behind a banner', 'For members only.\n', 'No login.\n', 'For members only.; No login.'],
  ['much', 'one\n\ntwo\nthree\nfour\n', '', 'two; three; four'],
  ['nothing', '', '\n', ''],
])('%s', (_, stderr, stdout, words) => {
  expect(sessionWords(stderr, stdout)).toBe(words);
});
