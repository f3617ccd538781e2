import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { address, runId } from '../../../src/basics/address.ts';
import {
  copyPathOf,
  type DocumentNotice,
  DocumentWriter,
  type DocumentWriterOptions,
} from '../../../src/engine/disk/document-writer.ts';
import { readRunbookFile } from '../../../src/engine/disk/read-runbook-file.ts';
import { type FileOperations, nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { clearResults } from '../../../src/runbook/regions/plan-write-back.ts';
import type { ResultView } from '../../../src/runbook/regions/result-view.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { builtScript } from '../../built-script.ts';
import { faultyFiles } from '../files/faulty-files.ts';
import { ended, startScript } from './child-script.ts';

const ada = { user: 'ada', host: 'bastion' };
const at = '2026-11-21T02:13:22.000Z';
const text = '# Deploy\n\n## Drain\n\n```sh\ndrain\n```\n\n## Restart\n\n```sh\nrestart\n```\n';

let folder: string;
let path: string;
let notices: DocumentNotice[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runsheet-writer-'));
  path = join(folder, 'deploy.md');
  notices = [];
  writeFileSync(path, text);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(more: Partial<DocumentWriterOptions> = {}): DocumentWriter {
  const read = readRunbookFile(path);
  if (!read.ok) throw new Error(read.error.message);
  return new DocumentWriter({
    mode: 'document',
    run: runId('20261121-021322-k3f9'),
    others: 'remove',
    file: read.value,
    runbook: parseRunbook(decodeSource(path, read.value.bytes).source).runbook,
    copyPath: copyPathOf(path, '20261121-021322-k3f9'),
    loosePath: join(folder, 'state', 'unplaced-results.md'),
    lockFolder: join(folder, 'state', 'locks'),
    onNotice: (notice) => notices.push(notice),
    ...more,
  });
}

const view = (name: string, output = 'ok\n'): ResultView => {
  const head = new TextEncoder().encode(output);
  const excerpt = { head, totalBytes: head.length, totalLines: 1 };
  return {
    address: address(name),
    status: 'passed',
    at,
    by: ada,
    durationMs: 1_300,
    exitCode: 0,
    output: excerpt,
  };
};
const put = (writer: DocumentWriter, name: string, output?: string): void =>
  writer.update(address(name), () => view(name, output));

const region = (name: string, output = 'ok'): string =>
  `
<!-- runsheet:result ${name} run=20261121-021322-k3f9 -->
> ✔ **passed** in 1.3 s · exit 0 · 2026-11-21 02:13:22 UTC · ada@bastion

\`\`\`text
${output}
\`\`\`
<!-- /runsheet:result -->
`;
const entry = {
  run: runId('20261121-021322-k3f9'),
  at,
  by: ada,
  outcome: '✔ succeeded',
  durationMs: 2_000,
  inputs: {},
  version: 'abc',
};
const log = `
<!-- runsheet:log -->
## Run log

| Started | By | Outcome | Duration | Inputs | Runbook | Run |
| --- | --- | --- | --- | --- | --- | --- |
| 2026-11-21 02:13:22 UTC | ada@bastion | ✔ succeeded | 2.0 s |  | \`abc\` | \`20261121-021322-k3f9\` |
<!-- /runsheet:log -->
`;

/** A clock that stands until it is told to ring. */
function alarms() {
  const set: { action: () => void; delayMs: number }[] = [];
  return {
    delays: () => set.map((alarm) => alarm.delayMs),
    ring: () => {
      for (const { action } of set.splice(0)) action();
    },
    schedule: (action: () => void, delayMs: number) => {
      const alarm = { action, delayMs };
      set.push(alarm);
      return () => {
        const index = set.indexOf(alarm);
        if (index !== -1) set.splice(index, 1);
      };
    },
  };
}

/** The real disk, which counts the documents that were put in place. */
function countingFiles(): FileOperations & { writes: number } {
  const files = {
    ...nodeFileOperations,
    writes: 0,
    rename(from: string, to: string) {
      files.writes += 1;
      nodeFileOperations.rename(from, to);
    },
  };
  return files;
}

/** SHA-256 of the file that holds the result of `drain` alone. */
const looseDigest = 'b3c3746a9b811d02777578267cacecab32d76e88896bfea193e741abc3eec7d5';

describe('a document', () => {
  test('is filled in, and its run log added', async () => {
    const writer = open();
    put(writer, 'drain');
    put(writer, 'restart', 'restarted\n');
    writer.setLogEntry(entry);
    const regions = {
      drain: '12186d3296f7829b6c7727d44ecda6fcaffcb7a077de23acc468abd46ba0bc5a',
      restart: '8bb9acd03f681746fb2b06babbdb9123001ece93e32cef4c5471473317e95cf0',
    };
    const row = '50db0304e5e25da7ed77d44aabb0ba67b4e94109f8dc96d9b5734cba899cfab8';
    expect(await writer.flush()).toEqual({ path, unplaced: [], written: { path, regions, row } });
    expect(readFileSync(path, 'utf8')).toBe(
      `# Deploy\n\n## Drain\n\n\`\`\`sh\ndrain\n\`\`\`\n${region('drain')}\n## Restart\n\n\`\`\`sh\nrestart\n\`\`\`\n${region('restart', 'restarted')}${log}`,
    );
    expect(notices).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['deploy.md', 'state']);
  });

  test('is written seldom while much happens, and always on flush', async () => {
    const files = countingFiles();
    const clock = alarms();
    const writer = open({ files, schedule: clock.schedule });
    let made = 0;
    for (let count = 0; count < 100; count += 1) {
      writer.update(address('drain'), () => {
        made += 1;
        return view('drain', `${count}\n`);
      });
    }
    expect(clock.delays()).toEqual([250]);
    expect(files.writes).toBe(0);
    clock.ring();
    await writer.flush();
    expect([files.writes, made]).toEqual([1, 1]);
    expect(readFileSync(path, 'utf8')).toContain(region('drain', '99'));
    await writer.flush();
    expect(files.writes).toBe(1);
    put(writer, 'drain', 'again\n');
    expect(clock.delays().length).toBe(1);
    await writer.flush();
    expect([files.writes, clock.delays()]).toEqual([2, []]);
  });

  test('that somebody edits meanwhile keeps every word, and takes the results where their steps are', async () => {
    const writer = open();
    put(writer, 'drain');
    await writer.flush();
    const edited = `Moved up.\n\n## Restart\n\n\`\`\`sh\nrestart --now\n\`\`\`\n\nNo more draining.\n`;
    writeFileSync(path, edited);
    put(writer, 'restart');
    const loosePath = join(folder, 'state', 'unplaced-results.md');
    const regions = { restart: '09b1b2c38e1aacf056d67325c9c828ffec9664b92a9334e3dd18fd1efbf01c10' };
    expect(await writer.flush()).toEqual({
      ...{ path, unplaced: [address('drain')], loosePath, looseDigest },
      written: { path, regions },
    });
    expect(readFileSync(path, 'utf8')).toBe(
      `Moved up.\n\n## Restart\n\n\`\`\`sh\nrestart --now\n\`\`\`\n${region('restart')}\nNo more draining.\n`,
    );
    expect(readFileSync(loosePath, 'utf8')).toBe(
      `# Results without a place in deploy.md\n${region('drain')}`,
    );
    expect(notices).toEqual([
      { type: 'changed' },
      { type: 'unplaced', addresses: [address('drain')], path: loosePath },
    ]);
  });

  test('that was edited inside keeps the results that a former write has put there', async () => {
    const writer = open();
    put(writer, 'drain');
    await writer.flush();
    writeFileSync(path, readFileSync(path, 'utf8').replace('# Deploy', '# Deploy twice'));
    put(writer, 'restart');
    await writer.flush();
    expect(readFileSync(path, 'utf8')).toBe(
      `# Deploy twice\n\n## Drain\n\n\`\`\`sh\ndrain\n\`\`\`\n${region('drain')}\n## Restart\n\n\`\`\`sh\nrestart\n\`\`\`\n${region('restart')}`,
    );
  });

  test('that is gone, or is no text any more, is left alone, and its results are kept', async () => {
    const writer = open();
    put(writer, 'drain');
    rmSync(path);
    const loosePath = join(folder, 'state', 'unplaced-results.md');
    const report = await writer.flush();
    expect(report.problem?.code).toBe('file-missing');
    expect([report.unplaced, report.loosePath]).toEqual([[address('drain')], loosePath]);
    expect(existsSync(path)).toBe(false);

    writeFileSync(path, Buffer.from([0x23, 0xff, 0x00]));
    expect(await writer.flush()).toEqual({ path, unplaced: [address('drain')], loosePath, looseDigest });
    expect([...readFileSync(path)]).toEqual([0x23, 0xff, 0x00]);

    writeFileSync(path, text);
    put(writer, 'drain', 'at last\n');
    const regions = { drain: '067f6f5f7771456f3f4d5cb921d5d86aa4542dbba26db4625fab3353e486b2db' };
    expect(await writer.flush()).toEqual({ path, unplaced: [], written: { path, regions } });
    expect(readFileSync(path, 'utf8')).toContain(region('drain', 'at last'));
  });

  test('that may not be written stays as it is, and its results are kept', async () => {
    chmodSync(path, 0o444);
    const writer = open();
    put(writer, 'drain');
    const report = await writer.flush();
    expect(report.problem?.code).toBe('file-read-only');
    expect(report.unplaced).toEqual([address('drain')]);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(notices.map((notice) => notice.type)).toEqual(['not-written']);
  });

  test('is written by the next flush when the disk failed at any operation before', async () => {
    const write = async (files: FileOperations): Promise<readonly string[]> => {
      writeFileSync(path, text);
      notices = [];
      const writer = open({ files });
      put(writer, 'drain');
      put(writer, 'restart');
      writer.setLogEntry(entry);
      await writer.flush();
      await writer.flush();
      return [readFileSync(path, 'utf8'), ...readdirSync(folder).sort()];
    };
    const undisturbed = await write(nodeFileOperations);
    let faults = 0;
    for (let failing = 1; ; failing += 1) {
      const files = faultyFiles(failing, 'ENOSPC');
      expect(await write(files)).toEqual(undisturbed);
      if (files.count < failing) break;
      faults += 1;
    }
    expect(faults).toBeGreaterThan(10);
  });
});

describe('other ways to keep results', () => {
  test('a copy leaves the document alone and is taken up again', async () => {
    const copy = join(folder, 'runs', '2026-11-21-deploy-021322-k3f9.md');
    const writer = open({ mode: 'copy' });
    put(writer, 'drain');
    const regions = { drain: '12186d3296f7829b6c7727d44ecda6fcaffcb7a077de23acc468abd46ba0bc5a' };
    expect(await writer.flush()).toEqual({ path: copy, unplaced: [], written: { path: copy, regions } });
    const resumed = open({ mode: 'copy' });
    put(resumed, 'drain');
    put(resumed, 'restart');
    await resumed.flush();
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readFileSync(copy, 'utf8')).toContain(region('drain'));
    expect(readFileSync(copy, 'utf8')).toContain(region('restart'));
    expect(readdirSync(join(folder, 'runs'))).toEqual(['2026-11-21-deploy-021322-k3f9.md']);
  });

  test('a copy holds no results of other runs', async () => {
    const first = open();
    put(first, 'drain');
    await first.flush();
    const writer = open({ mode: 'copy' });
    put(writer, 'restart');
    const { path: copy = '' } = await writer.flush();
    expect(readFileSync(copy, 'utf8')).not.toContain('runsheet:result drain');
    expect(readFileSync(copy, 'utf8')).toContain(region('restart'));
  });

  test('none writes nothing', async () => {
    const writer = open({ mode: 'none' });
    put(writer, 'drain');
    writer.setLogEntry(entry);
    expect(await writer.flush()).toEqual({ unplaced: [] });
    expect(readdirSync(folder)).toEqual(['deploy.md']);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

const program = new URL('result-writer.ts', import.meta.url);

const blocksOf = (who: string): string =>
  Array.from({ length: 10 }, (_, index) => `\`\`\`sh {name=${who}-${index}}\ntrue\n\`\`\`\n`).join('\n');

describe('processes that write one document', () => {
  test('never lose each other’s results', async () => {
    const author = `# Both\n\n${blocksOf('ada')}\n${blocksOf('grace')}`;
    writeFileSync(path, author);
    const script = await builtScript(program, folder);
    const state = join(folder, 'state');
    const writers = ['ada', 'grace'].map((who) => startScript(script, path, state, who, '60'));
    expect(await Promise.all(writers.map(ended))).toEqual([0, 0]);
    const written = readFileSync(path);
    for (const who of ['ada', 'grace']) {
      for (let index = 0; index < 10; index += 1) {
        expect(written.toString()).toContain(
          `<!-- runsheet:result ${who}-${index} run=20261121-021322-${who} -->`,
        );
        expect(written.toString().match(new RegExp(`round ${50 + index}\n`, 'g'))?.length).toBe(2);
      }
      expect(written.toString()).toContain(`20261121-021322-${who}`);
    }
    const { runbook } = parseRunbook(decodeSource(path, written).source);
    expect(new TextDecoder().decode(clearResults(runbook))).toBe(author);
  });

  test('leave a whole document when they are killed', async () => {
    const author = `# One\n\n${blocksOf('ada')}`;
    writeFileSync(path, author);
    const script = await builtScript(program, folder);
    for (let round = 0; round < 6; round += 1) {
      const child = startScript(script, path, join(folder, 'state'), 'ada', '1000000');
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      for (let turn = 0; turn < round * 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      child.kill('SIGKILL');
      expect(await ended(child)).toBe('SIGKILL');
      const { runbook } = parseRunbook(decodeSource(path, readFileSync(path)).source);
      expect(new TextDecoder().decode(clearResults(runbook))).toBe(author);
    }
    // A lock of the dead and their files do not stand in the way of the living.
    const last = startScript(script, path, join(folder, 'state'), 'ada', '10');
    expect(await ended(last)).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['deploy.md', 'program.mjs', 'state']);
    expect(readdirSync(join(folder, 'state')).length).toBe(1);
  });
});
