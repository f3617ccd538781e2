// Owns `npm run bench`: measures every group against floors taken in the same run and prints the ratios. With
// `--strict` it ends with 1 where a bound is not kept; names of groups as arguments choose among them.
import { cpus } from 'node:os';
import { measureBlocks } from './blocks.mjs';
import { measureDocuments } from './documents.mjs';
import { measureHosts } from './hosts.mjs';
import { measureJournal } from './journal.mjs';
import { measureKeptRuns } from './kept-runs.mjs';
import { measureOutput } from './output.mjs';
import { measureChecks, measureLargePages, measurePages } from './pages.mjs';
import { measurePeers } from './peers.mjs';
import { measurePrices } from './prices.mjs';
import { measureScreen } from './screen.mjs';
import { measureServedEvents } from './served-events.mjs';
import { measureServedRuns } from './served-runs.mjs';
import { measureStartUp } from './start-up.mjs';
import { renderTable } from './table.mjs';
import { makeWorkplace } from './workplace.mjs';

const groups = {
  'start-up': measureStartUp,
  screen: measureScreen,
  blocks: measureBlocks,
  prices: measurePrices,
  output: measureOutput,
  documents: measureDocuments,
  pages: measurePages,
  'large-pages': measureLargePages,
  checks: measureChecks,
  journal: measureJournal,
  'kept-runs': measureKeptRuns,
  'served-runs': measureServedRuns,
  'served-events': measureServedEvents,
  hosts: measureHosts,
  peers: measurePeers,
};

const asked = process.argv.slice(2);
const strict = asked.includes('--strict');
const names = asked.filter((name) => name !== '--strict');
const unknown = names.filter((name) => !Object.hasOwn(groups, name));

if (unknown.length > 0) {
  console.error(`no group named ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
  process.exitCode = 2;
} else {
  const workplace = makeWorkplace();
  try {
    const rows = [];
    for (const name of names.length > 0 ? names : Object.keys(groups)) {
      console.error(`measuring ${name} …`);
      try {
        rows.push(...(await groups[name](workplace)));
      } catch (error) {
        // What was measured so far is shown all the same.
        console.error(error);
        process.exitCode = 1;
      }
    }
    console.log(`Node ${process.version}, ${cpus().length} cores; medians of runs that took turns\n`);
    console.log(renderTable(rows));
    const broken = rows.filter(({ kept }) => !kept);
    if (broken.length > 0) console.log(`\n${broken.length} of ${rows.length} rows do not keep their bound`);
    if (strict && broken.length > 0) process.exitCode = 1;
  } finally {
    workplace.remove();
  }
}
