// Owns `npm start`: the tour of the tool, on a copy, so that the clone stays as it is. Led by the tool on a terminal;
// where there is none it runs by itself, with the steps that need a person skipped and recorded as skipped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = join(root, 'dist', 'runsheet.js');

if (existsSync(tool)) {
  process.exitCode = await tour();
} else {
  console.error('the tool is not built yet; `npm ci` builds it, and so does `npm run build`');
  process.exitCode = 2;
}

async function tour() {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-tour-'));
  const copy = join(folder, 'tour.md');
  copyFileSync(join(root, 'runbooks', 'tour.md'), copy);
  console.error(`the tour runs on a copy of runbooks/tour.md: ${copy}\n`);
  const guided = process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY;
  const child = spawn(
    process.execPath,
    [tool, 'run', copy, ...(guided ? [] : ['--yes', '--manual', 'skip'])],
    { stdio: 'inherit', cwd: folder },
  );
  // Ctrl-C is the tool's to answer, and reaches it from the terminal; this script stays to say where the copy is.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [status] = await once(child, 'close');
  console.error(`\nread the copy, with the results in it: ${copy}`);
  console.error(`remove it when you are done: rm -r ${folder}`);
  return status ?? 1;
}
