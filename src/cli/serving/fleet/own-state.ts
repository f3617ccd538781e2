// Owns the state folder of one life of a worker: what is in it is a copy of what the database has.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

export class OwnState {
  /** Its absolute path. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes it below a state folder; those of processes that have ended are taken away. */
  static make(stateDir: string): OwnState {
    const all = join(stateDir, 'fleet');
    mkdirSync(all, { recursive: true, mode: 0o700 });
    const ofHost = `${hostname()}-`;
    for (const name of readdirSync(all))
      if (name.startsWith(ofHost) && !isAlive(Number(name.slice(ofHost.length))))
        rmSync(join(all, name), { recursive: true, force: true });
    const own = join(all, `${ofHost}${process.pid}`);
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { mode: 0o700 });
    return new OwnState(own);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
