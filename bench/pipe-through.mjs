// The floor of a runner that takes a child's output through a pipe: `pipe-through.mjs TO COMMAND…` writes it to TO.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

const [, , to, command, ...args] = process.argv;
const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
await pipeline(child.stdout, createWriteStream(to));
