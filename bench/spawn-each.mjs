// The floor of a runner that keeps no shell: spawns one bash for each of the blocks in a JSON file, one after another.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

for (const code of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  await new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', code], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    child.on('error', reject).on('close', resolve);
  });
}
