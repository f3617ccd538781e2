// A program of the benchmark: `runsheet FILE` parses a document and plans a result for each of its blocks; `remark FILE`
// only parses it with bare remark-parse. Says on stdout what each part took, as JSON.
import { readFileSync } from 'node:fs';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { parseRunbook } from '../src/runbook/parse-runbook.ts';
import { planWriteBack } from '../src/runbook/regions/plan-write-back.ts';
import { resultPlaces } from '../src/runbook/regions/result-place.ts';
import type { ResultView } from '../src/runbook/regions/result-view.ts';
import { decodeSource } from '../src/text/source-file.ts';
import { applySplices } from '../src/text/splice.ts';

const [, , mode, file = ''] = process.argv;
const bytes = readFileSync(file);
const startedAt = performance.now();
const since = (moment: number): number => performance.now() - moment;

if (mode === 'remark') {
  unified().use(remarkParse).parse(bytes.toString('utf8'));
  console.log(JSON.stringify({ parseMs: since(startedAt) }));
} else {
  const { runbook } = parseRunbook(decodeSource(file, bytes).source);
  const parseMs = since(startedAt);
  const writingAt = performance.now();
  const results = [...resultPlaces(runbook).keys()].map(
    (address): ResultView => ({
      address,
      status: 'passed',
      at: '2026-11-21T02:13:22.123Z',
      by: { user: 'ada', host: 'bastion' },
      durationMs: 1300,
      exitCode: 0,
    }),
  );
  const { splices, unplaced } = planWriteBack(runbook, results);
  const written = applySplices(bytes, splices);
  console.log(
    JSON.stringify({
      parseMs,
      writeMs: since(writingAt),
      results: results.length,
      unplaced: unplaced.length,
      bytes: written.length,
    }),
  );
}
