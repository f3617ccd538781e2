// The floor of a runner that keeps a shell and a journal: one bash forks a subshell for each of the blocks in a JSON
// file, one after another, and before each a line goes to a file and to the device.
import { spawn } from 'node:child_process';
import { fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';

const [blocks, journalPath] = process.argv.slice(2);
const journal = openSync(journalPath, 'w');
const loop = `while mapfile -t -n 1 -d '' -u 3 code && (( \${#code[@]} )); do
  ( eval "\${code[0]}" ) 3<&- 4>&-
  printf '%s\\n' "$?" >&4
done`;
const bash = spawn('bash', ['-c', loop], { stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'] });
const [, stdout, stderr, control, replies] = bash.stdio;
stdout.resume();
stderr.resume();
for (const [index, code] of JSON.parse(readFileSync(blocks, 'utf8')).entries()) {
  writeSync(journal, `${JSON.stringify({ type: 'BlockStarted', block: index })}\n`);
  fdatasyncSync(journal);
  control.write(`${code}\0`);
  await new Promise((resolve) => replies.once('data', resolve));
}
control.end();
