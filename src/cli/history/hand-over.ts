// Owns `runsheet handover`: one page about a run for whoever takes it over.
import { renderHtmlPage } from '../../surfaces/reports/page/render-html-page.ts';
import { renderMarkdownPage } from '../../surfaces/reports/page/render-markdown-page.ts';
import { handOverPage } from '../../surfaces/reports/telling/hand-over-page.ts';
import { exitCode } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { refuse } from '../refusal.ts';
import { chooseRun } from '../runs/choose-run.ts';
import { readEarlierTimes } from '../runs/read-earlier-times.ts';
import { whyElsewhere } from '../runs/why-elsewhere.ts';
import { cutOffOf } from '../telling/cut-off-of.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { bundleRun, takeBack } from './bundle-run.ts';
import { readRun } from './read-run.ts';

/** What `runsheet handover` was given beside the run. */
export interface HandOverOptions {
  readonly format: 'markdown' | 'html';
  /** The file that the run itself is put into. */
  readonly bundle?: string;
  /** The run goes on here, though it was handed over. */
  readonly takeBack?: boolean;
  readonly stateDir?: string;
}

/** Prints where a run stands, what is doubtful, what still runs and how to undo it; gives the exit code. */
export async function handOver(name: string | undefined, options: HandOverOptions): Promise<number> {
  const { bundle, takeBack: isTakenBack = false } = options;
  if (name === undefined && (isTakenBack || bundle !== undefined))
    return refuse({
      message: `\`${isTakenBack ? '--take-back' : '--bundle'}\` needs the run that is meant`,
      help: 'name it: `runsheet runs` lists all of them',
    });
  const store = openRunStore(options.stateDir);
  const found = await chooseRun(store, name, {
    fits: ({ folder, summary }) =>
      summary?.status !== 'ended' && store.hasBegun(folder) && !store.goesOnElsewhere(folder),
    noneFits: () => ({ message: 'no run is open', help: 'name a run: `runsheet runs` lists all of them' }),
    takesNewest: true,
    isGuided: false,
  });
  if (!found.ok) return found.error;
  const { folder, summary } = found.value;
  if (isTakenBack) return takeBack(found.value);
  if (bundle !== undefined) return bundleRun(found.value, bundle);
  const elsewhere = whyElsewhere(folder);
  if (elsewhere !== undefined) writeMessage(`note: ${elsewhere.message}; it does not go on here\n`);
  const isLive = store.isLive(folder);
  const run = readRun(folder);
  if (run === undefined) return exitCode.failed;
  const { state, history, outputs } = run;
  const earlier = summary && (await readEarlierTimes(store, summary, state.plan));
  const page = handOverPage({
    state,
    history,
    read: (output) => outputs.excerpt(output, `runsheet show ${folder.id}`),
    cutOff: cutOffOf(folder, run),
    isLive,
    isElsewhere: elsewhere !== undefined,
    ...(earlier && { earlier }),
  });
  writeResult(options.format === 'html' ? renderHtmlPage(page) : renderMarkdownPage(page));
  // A live run writes its journal while it is read.
  return isLive ? exitCode.succeeded : run.tellDamage();
}
