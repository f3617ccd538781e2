// Owns the floor of a block's output on a terminal: puts what `cat FILE` prints on one into another file, no more.
import { createWriteStream } from 'node:fs';
import { spawn } from '@lydell/node-pty';

const [to, file] = process.argv.slice(2);
const out = createWriteStream(to);
const terminal = spawn('cat', [file], { encoding: null, cols: 80, rows: 24 });
terminal.onData((bytes) => out.write(bytes));
terminal.onExit(() => out.end());
