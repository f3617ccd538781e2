// Owns the floor of `check`: parsing all pages of a folder in one process, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRunbook } from '../src/runbook/parse-runbook.ts';
import { decodeSource } from '../src/text/source-file.ts';

const folder = process.argv[2] ?? '.';
for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  parseRunbook(decodeSource(path, readFileSync(path)).source);
}
