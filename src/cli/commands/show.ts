// Owns `runsheet show`: what happened in a run, from its journal; live runs can be followed, read only.
import { homedir } from 'node:os';
import { type JournalPosition, readJournal } from '../../engine/journal/read-journal.ts';
import { RunStore } from '../../engine/journal/run-store.ts';
import { stateFolder } from '../../engine/journal/state-folder.ts';
import type { RecordedEvent } from '../../run/event.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { paintLine } from '../../view/layout/palette.ts';
import { declaredOutputLines } from '../../view/words/declared-output-lines.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { exitCode } from '../exit-code.ts';
import { findRun } from '../load/find-run.ts';
import { complain } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { writeOut } from '../write-out.ts';

export interface ShowOptions {
  readonly json?: boolean;
  readonly follow?: boolean;
  readonly stateDir?: string;
}

/** How often a followed journal is looked at. */
const followMs = 200;

export async function show(name: string | undefined, options: ShowOptions): Promise<number> {
  const store = new RunStore(stateFolder(options.stateDir, process.env, homedir()));
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const { folder } = found.value;
  const palette = choosePalette(process.stdout, process.env);
  const print = (recorded: RecordedEvent): void => {
    if (options.json) {
      writeOut(`${JSON.stringify(recorded)}\n`);
      return;
    }
    const { symbol, tone, text } = describeEvent(recorded.event);
    const mark = palette.paint(palette.symbols[symbol], { tone });
    writeOut(`${palette.paint(recorded.at.slice(11, 19), { tone: 'muted' })}  ${mark} ${text}\n`);
    if (recorded.event.type !== 'RunEnded') return;
    for (const line of declaredOutputLines(recorded.event, {}, palette.symbols.ellipsis))
      writeOut(`${paintLine(line, palette)}\n`);
  };
  let end: JournalPosition | undefined;
  for (;;) {
    // Asked before reading: what is written between the two is then read in the next round.
    const live = store.isLive(folder);
    const content = readJournal(folder.journal, end);
    for (const recorded of content.events) print(recorded);
    end = content.end;
    if (content.state.type === 'corrupt') {
      complain(`line ${content.state.line} of the journal ${content.state.reason}`);
      return exitCode.failed;
    }
    if (!options.follow || !live) return exitCode.succeeded;
    await systemClock.sleep(followMs, new AbortController().signal);
  }
}
