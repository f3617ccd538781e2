// Owns what has to be well before the tests are worth their time: lint, types and the build, side by side. What each
// printed is shown when it has ended.
import { execFile } from 'node:child_process';

const scripts = ['lint', 'typecheck', 'build'];

await Promise.all(
  scripts.map(
    (script) =>
      new Promise((resolve) => {
        execFile('npm', ['run', script], { maxBuffer: Number.POSITIVE_INFINITY }, (error, stdout, stderr) => {
          process.stdout.write(stdout);
          process.stderr.write(stderr);
          if (error) {
            console.error(`\`npm run ${script}\` failed`);
            process.exitCode = 1;
          }
          resolve();
        });
      }),
  ),
);
