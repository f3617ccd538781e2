// Owns running many scripts and keeping what differs.
import { compareObserved } from './compare-observed.ts';
import { type Script, type Shell, stateProbe } from './script.ts';
import { type Manner, ScriptRig, type Strictness } from './script-rig.ts';

export interface Difference {
  readonly script: Script;
  readonly shell: Shell;
  readonly strictness: Strictness;
  readonly manner: Manner;
  readonly text: string;
}

export interface ScriptRun {
  readonly shell: Shell;
  readonly strictness: Strictness;
  readonly scripts: readonly Script[];
  /** In which manners the script of that index is run beside the shell itself. */
  readonly manners: (index: number) => readonly Manner[];
}

const atOnce = 4;

/** Runs each script in its manners and by its shell; gives what differs, in the order of the scripts. */
export async function runScripts({ shell, strictness, scripts, manners }: ScriptRun): Promise<Difference[]> {
  const rig = new ScriptRig(shell, strictness);
  const found: Difference[][] = [];
  const waiting = scripts.map((script, index) => ({ script, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { script, index } = next;
      const code = `${script.code}${stateProbe(shell)}`;
      const ofScript: Difference[] = [];
      found[index] = ofScript;
      for (const manner of manners(index)) {
        const expected = await rig.runByShell(code, manner === 'terminal');
        const text = compareObserved(expected, await rig.runByBlocks(code, manner), manner);
        if (text !== '') ofScript.push({ script, shell, strictness, manner, text });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  rig.close();
  return found.flat();
}
