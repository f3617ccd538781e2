// Owns telling what happened in a run without what differs from run to run.
import { hostname } from 'node:os';
import type { Rig } from './rig.ts';

/** The lines of `runsheet show`, without times, durations, hosts and run ids. */
export async function storyOf(rig: Rig, run?: string): Promise<string[]> {
  const { stdout } = await rig.run(['show', ...(run === undefined ? [] : [run])]);
  return (
    stdout
      .trimEnd()
      .split('\n')
      // What can be called for a run that is not over is nothing that happened.
      .filter((line) => !line.startsWith('  `runsheet '))
      .map((line) =>
        line
          .replace(/^\d\d:\d\d:\d\d {2}\S+ /, '')
          .replaceAll(`@${hostname()}`, '')
          .replace(/\d{8}-\d{6}-\w{4}/g, 'RUN')
          .replace(/ in [\d.]+ m?s\b/g, ''),
      )
  );
}

/** Ids of all runs, newest first, with what the list says of each. */
export async function runsOf(rig: Rig): Promise<readonly { readonly id: string; readonly status: string }[]> {
  const { stdout } = await rig.run(['runs', '--json']);
  return (JSON.parse(stdout) as { id: string; status: string }[]).map(({ id, status }) => ({ id, status }));
}
