// Owns what the tests of `runsheet test` share: pages of one block, and what is printed of their cases.
import { readdir } from 'node:fs/promises';
import type { Rig } from './rig.ts';

/** What is printed, with times left out. */
export async function runTests(rig: Rig, ...args: string[]) {
  const { exitCode, stdout, stderr } = await rig.run(['test', ...args]);
  return { exitCode, stdout: stdout.replace(/ \d+\.\d s/g, ''), stderr };
}

/** Folders of cases that are still there. */
export async function leftBehind(rig: Rig): Promise<string[]> {
  return (await readdir(rig.temporaryFolder)).filter((name) => name.startsWith('runsheet-test-'));
}

/** A step with one block. */
export const block = (name: string, code: string, head = '') =>
  `### ${head === '' ? name : head}\n\n\`\`\`sh {name=${name}}\n${code}\n\`\`\`\n\n`;

/** A page of such steps, with its tests. */
export async function page(rig: Rig, body: string, tests: string): Promise<void> {
  await rig.write('page.md', `# Page\n\n## Steps\n\n${body}`);
  await rig.write('page.test.yaml', tests);
}
