// Owns which programs read what they are given as code, by their names.

/** Commands whose arguments a shell reads again, here or elsewhere. */
const rereading = new Set(['eval', 'ssh', 'watch', 'trap', 'alias', 'su', 'at']);
const shells = /^(?:ba|z|da|k|mk|a|fi)?sh$/;
/** Programs that take their own code as an argument. */
const codeReading = new Set(
  `python python3 perl ruby node php psql mysql mariadb sqlite3 awk gawk mawk sed jq yq mongosh mongo cqlsh sqlcmd bc
  lua printf tclsh osascript pwsh`.split(/\s+/),
);
/** Programs that take code from their standard input. */
const stdinReading =
  /^(?:(?:ba|z|da|k|mk|a|fi)?sh|ssh|at|python3?|perl|ruby|node|php|psql|mysql|mariadb|sqlite3|bc)$/;

/** By where they take it from. */
export const codeReaders = { rereading, shells, codeReading, stdinReading };
