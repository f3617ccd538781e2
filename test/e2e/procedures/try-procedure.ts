// Owns trying a runbook on real servers: run well, failed at every part and rolled back, killed at every part and
// resumed. What the servers themselves say tells whether all is as it was, or as it is to be.
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mayBeOthers } from '../accounts.ts';
import { statusesOf } from '../document-results.ts';
import { isPlain } from '../plain-pages.ts';
import { type Ended, expectExit, inputs, Rig, type Running } from '../rig.ts';
import { describeWith } from '../services.ts';
import type { Machine } from './machine.ts';
import { type Part, partsOf, type Wrapping, wrap } from './page-parts.ts';

/** A runbook and the machine that it is run on. */
export interface Procedure {
  /** A path in the repository. */
  readonly page: string;
  readonly machine: Machine;
  readonly inputs: Readonly<Record<string, string | number>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What the servers, asked by commands of theirs, say of themselves; and what lies in their files. */
  state(): Promise<unknown>;
}

const nothingToSay = '1 runbook checked: 0 errors, 0 warnings, 0 hints\n';

/** One of the ways in which a part can fail, in turn; RUNSHEET_FAILURES=all has each part fail in all of its ways. */
function inTurn<Way>(ways: readonly Way[], index: number): readonly Way[] {
  return process.env.RUNSHEET_FAILURES === 'all' ? ways : ways.slice(index % ways.length).slice(0, 1);
}

/** Tries a runbook in every way. `done` looks at what the servers say after a good run. */
export function tryProcedure(
  name: string,
  programs: readonly string[],
  layOut: () => Promise<Procedure>,
  done: (after: unknown, before: unknown) => void,
): void {
  describe.skipIf(!mayBeOthers)('as root', () => {
    describeWith([...programs, 'curl'], name, () => {
      test('runs well, and `check` has nothing to say', async () => {
        const tried = await Tried.create(await layOut());
        const before = await tried.procedure.state();
        const checked = await tried.rig.run(['check', tried.page]);
        const hints = isPlain ? expect.stringMatching(/ 0 errors, 0 warnings, \d hints?\n$/) : nothingToSay;
        expect([checked.exitCode, checked.stdout + checked.stderr]).toEqual([0, hints]);
        expectExit(await tried.run(), 0);
        const after = await tried.procedure.state();
        done(after, before);
        const statuses = Object.values(statusesOf(await tried.rig.file(tried.page)));
        expect(statuses.filter((status) => !/^(passed|already done|skipped)$/.test(status))).toEqual([]);
      });

      // In three tests, because each part is a run and a rollback. Parts fail before their work and after it in turn.
      test.each([0, 1, 2])(
        'is as before when it has failed and was rolled back, at every third block from %i on',
        async (third) => {
          const tried = await Tried.create(await layOut());
          const before = await tried.procedure.state();
          // One of the preconditions stands for all: nothing has been changed by then.
          const [gates, others] = [tried.partsIn('preconditions'), tried.partsIn('steps', 'validation')];
          const failing = [...gates.slice(-1), ...others].filter((_, index) => index % 3 === third);
          for (const [index, part] of failing.entries())
            for (const [when, wrapping] of inTurn(tried.failures(part), index)) {
              await tried.rewrite(new Map([[part, wrapping]]));
              const at = `${part.address} failed ${when}`;
              const gate = part.section === 'preconditions';
              await tried.expectEnd(at, tried.run(), gate ? 4 : 1);
              if (!gate) await tried.rollBack(at);
              expect({ at, state: await tried.procedure.state() }).toEqual({ at, state: before });
            }
          await tried.rewrite(new Map());
          expectExit(await tried.run(), 0);
          done(await tried.procedure.state(), before);
        },
      );

      // Nobody has written into a plain page how a step that was cut off tells that it is done.
      test.skipIf(isPlain).each(['begun', 'done'] as const)(
        'comes to its end when it is killed wherever a change is %s, and does nothing twice',
        async (when) => {
          const tried = await Tried.create(await layOut());
          const before = await tried.procedure.state();
          const changes = tried.parts.filter(({ kind, risk }) => kind !== 'file' && risk !== 'read');
          expectExit(await tried.killAt(changes, when), 0);
          done(await tried.procedure.state(), before);
          expect(await tried.trace()).toEqual(changes.map(({ address }) => address));
        },
      );
    });
  });
}

class Tried {
  readonly procedure: Procedure;
  readonly rig: Rig;
  readonly page: string;
  readonly #text: string;
  parts: readonly Part[] = [];
  #failures = 0;

  private constructor(procedure: Procedure, rig: Rig, text: string) {
    this.procedure = procedure;
    this.rig = rig;
    this.page = basename(procedure.page);
    this.#text = text;
  }

  static async create(procedure: Procedure): Promise<Tried> {
    const rig = await Rig.create();
    const text = await readFile(await rig.copy(procedure.page), 'utf8');
    const tried = new Tried(procedure, rig, text);
    tried.parts = await partsOf(rig, tried.page);
    return tried;
  }

  partsIn(...sections: readonly string[]): readonly Part[] {
    return this.parts.filter(({ section }) => sections.includes(section));
  }

  async rewrite(wrappings: ReadonlyMap<Part, Wrapping>): Promise<void> {
    await this.rig.write(this.page, wrap(this.#text, wrappings));
  }

  /** In which ways a part can fail: before it has done anything, and when all is done that it changes. */
  failures({ kind, risk }: Part): readonly (readonly [string, Wrapping])[] {
    // A handler follows the undo, too, and has to work by then.
    const fail = (): string => {
      const mark = this.rig.path(`failed-${this.#failures++}`);
      return kind === 'handler' ? `if ! test -e ${mark}; then touch ${mark}; false; fi` : 'false';
    };
    const before = ['before its work', { before: fail() }] as const;
    return kind === 'file' || risk === 'read' ? [before] : [before, ['after its work', { after: fail() }]];
  }

  run(): Promise<Ended> {
    return this.#start(['run', this.page, '--yes', ...inputs(this.procedure.inputs)]).ended;
  }

  act(args: readonly string[], input = ''): Promise<Ended> {
    return this.#start([...args, this.page], input).ended;
  }

  async rollBack(at: string): Promise<void> {
    await this.expectEnd(`${at}, rollback`, this.act(['rollback', '--yes']), 0);
  }

  async expectEnd(at: string, ending: Promise<Ended>, exitCode: number): Promise<void> {
    const ended = await ending;
    if (ended.exitCode !== exitCode)
      throw new Error(`${at}: exit ${ended.exitCode}, not ${exitCode}\n${ended.stdout}\n${ended.stderr}`);
  }

  /** Kills the tool in each of these parts once, and has the run go on each time; gives its last end. */
  async killAt(parts: readonly Part[], when: 'begun' | 'done'): Promise<Ended> {
    await mkdir(this.#marks);
    await chmod(this.#marks, 0o1777);
    await this.rewrite(new Map(parts.map((part, index) => [part, this.#deadly(part, index, when)])));
    let running = this.#start(['run', this.page, '--yes', ...inputs(this.procedure.inputs)]);
    for (const part of parts) {
      await running.waitFor(`is to be killed in ${part.address}.`);
      running.kill('SIGKILL');
      await running.ended;
      // What follows a change has no check that could tell whether it was done: somebody has to.
      if (part.kind === 'handler') {
        const answered = await this.act(['resume', '--surface', 'prompt'], when === 'done' ? 'd\n' : 'r\n');
        if (answered.exitCode === 0) return answered;
      }
      running = this.#start(['resume', this.page, '--yes']);
    }
    return running.ended;
  }

  /** What was done, in its order, by what the parts themselves have written down. */
  async trace(): Promise<readonly string[]> {
    return (await readFile(`${this.#marks}/trace`, 'utf8')).trimEnd().split('\n');
  }

  get #marks(): string {
    return this.procedure.machine.path('marks');
  }

  #deadly({ address }: Part, index: number, when: 'begun' | 'done'): Wrapping {
    const mark = `${this.#marks}/${index}`;
    const waits = `if ! test -e ${mark}; then touch ${mark}; echo 'is to be killed in ${address}.'; sleep 1000; fi`;
    // Accounts of their own append to it.
    const writes = `echo '${address}' >>${this.#marks}/trace; chmod -f a+w ${this.#marks}/trace || :`;
    return when === 'begun' ? { before: `${waits}\n${writes}` } : { before: writes, after: waits };
  }

  #start(args: readonly string[], input = ''): Running {
    const { machine, env } = this.procedure;
    return this.rig.start(args, {
      input,
      env: { ...env, PATH: `${machine.bin}:${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin` },
    });
  }
}

/** Bytes, rights and owners of files, and names of folders, as far down as `depth`. */
export function filesOf(paths: readonly string[], depth = 1): string {
  const look = `find "$@" -maxdepth ${depth} -printf '%p %M %u %g %l\\n' | sort
find "$@" -maxdepth ${depth} -type f -exec sha256sum {} + | sort -k 2`;
  return execFileSync('sh', ['-c', look, 'sh', ...paths], { encoding: 'utf8' });
}
