// Owns a tool that does nothing but run blocks, for tests that need a process of their own around an executor.
import { join } from 'node:path';
import { build } from 'esbuild';

const source = join(import.meta.dirname, '../../../src');

/** Bundles a program that makes an `executor` in the folder of its first argument and then runs `body`. */
export async function buildSmallTool(file: string, body: string): Promise<void> {
  const contents = `
import { createExecutor } from ${JSON.stringify(join(source, 'engine/executors/create-executor.ts'))};
import { KnownSecrets } from ${JSON.stringify(join(source, 'run/masking/known-secrets.ts'))};
const [runFolder, language, code] = process.argv.slice(2);
const executor = await createExecutor({
  runFolder, runId: 'small', shell: 'bash', interpreters: {}, cwd: runFolder,
  env: { PATH: process.env.PATH, RUNSHEET_TEST_OF: runFolder }, secrets: new KnownSecrets(),
});
const item = { kind: 'block', address: 'b', step: 'b', language: 'sh', exit: [0], expect: [], env: {} };
const run = (code, extra = {}, more = {}) => executor.run({
  attempt: 1, purpose: 'block', signal: new AbortController().signal, onOutput: () => {},
  item: { ...item, code, ...extra }, code, ...more,
});
${body}`;
  await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
    logLevel: 'silent',
    external: ['@lydell/node-pty'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
}
