// Owns which programs may run in a test without being named.

/** They read and print, and start nothing. */
export const readingPrograms: readonly string[] = (
  'basename cat cksum cmp comm cut date dirname egrep expr fgrep fold grep head id join ls md5sum mktemp nl od paste ' +
  'readlink realpath rev seq sha1sum sha256sum sha512sum sleep stat sync tac tail tr uname uniq wc whoami'
).split(' ');

/** They write files, and may do so in the folders of the case alone. */
export const writingPrograms: readonly string[] =
  'chgrp chmod chown cp install ln mkdir mv rm rmdir tee touch truncate'.split(' ');

/** Shells that run blocks; code may not call them unless they are named. */
export const shellPrograms: readonly string[] = 'bash sh zsh dash ash ksh'.split(' ');

/** What runs the blocks of a language, the first that is there. */
export const programsOfLanguages: Readonly<Record<string, readonly string[]>> = {
  python: ['python3', 'python'],
  node: ['node'],
  typescript: ['node'],
  ruby: ['ruby'],
  perl: ['perl'],
  php: ['php'],
  lua: ['lua'],
  r: ['Rscript'],
  awk: ['awk'],
  powershell: ['pwsh'],
  psql: ['psql'],
  sql: ['psql'],
  mysql: ['mysql', 'mariadb'],
  sqlite: ['sqlite3'],
  fish: ['fish'],
};
