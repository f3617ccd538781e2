// Owns finding out whether a session can be opened at all, without running anything in it.
import { startProcess } from '../../processes/start-process.ts';
import type { MachineWay } from './machine-way.ts';

/** As much of what is said against it as anybody reads. */
const longestAnswer = 4096;

/** What is said against a session on the machine; undefined where one can be opened. */
export function tryWay(way: MachineWay): Promise<string | undefined> {
  const { file, args, env, detached } = way.call({ command: 'exit 0', terminal: false });
  const child = startProcess(file, args, { env, detached, stdio: ['ignore', 'ignore', 'pipe'] });
  if (child instanceof Promise) return child;
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    if (said.length < longestAnswer) said += bytes.toString();
  });
  return new Promise((resolve) => {
    child.once('close', (code) =>
      resolve(
        code === 0
          ? undefined
          : said
              .trim()
              .split(/\s*\n\s*/)
              .join('; '),
      ),
    );
  });
}
