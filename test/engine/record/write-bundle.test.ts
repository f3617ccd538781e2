import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { type FileOperations, nodeFileOperations } from '../../../src/engine/files/file-operations.ts';
import { type RunFolder, runFolder } from '../../../src/engine/journal/run-folder.ts';
import { openBundle, unpackBundle } from '../../../src/engine/record/open-bundle.ts';
import { BundleFailure, NotBundled, writeBundle } from '../../../src/engine/record/write-bundle.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { faultyFiles } from '../files/faulty-files.ts';

/** A folder with a few files, and a path for a bundle of it. */
function made(): { readonly folder: RunFolder; readonly path: string } {
  const base = temporaryFolder();
  const folder = runFolder(base, runId('20261128-143000-k3f9'));
  for (const path of [folder.path, folder.outputs, join(folder.path, 'inbox')]) mkdirSync(path);
  writeFileSync(folder.journal, 'one\ntwo\n');
  writeFileSync(join(folder.outputs, '-a%2Fb~1.1.out'), 'out');
  for (const name of ['lock.3', 'handed-over.json', 'inbox/left', '.lock-1'])
    writeFileSync(join(folder.path, name), 'x');
  return { folder, path: join(base, 'deploy.run') };
}

const head = { from: 'ada@bastion', at: '2026-11-28T14:30:00.000Z' };
const write = ({ folder, path }: ReturnType<typeof made>, files?: FileOperations, done = () => {}) =>
  writeBundle(folder, path, { ...head, beforeItIsThere: done }, files);

const refuses = (code: string): never => {
  throw Object.assign(new Error(`${code}: made by the test`), { code, syscall: 'test' });
};

/** What is in the bundle, file by file. */
function contentOf(path: string): Readonly<Record<string, string>> | string {
  const opened = openBundle(path);
  if (!opened.ok) return opened.error;
  const target = temporaryFolder();
  const unpacked = unpackBundle(opened.value, target);
  if (!unpacked.ok) return unpacked.error;
  return Object.fromEntries(
    opened.value.head.parts.map(({ name }) => [name, readFileSync(join(target, name), 'utf8')]),
  );
}

const whole = { 'journal.ndjson': 'one\ntwo\n', 'outputs/-a%2Fb~1.1.out': 'out' };

test('holds what belongs to the run and not what belongs to the machine, for its owner alone', () => {
  const one = made();
  const order: string[] = [];
  expect(write(one, undefined, () => order.push(existsSync(one.path) ? 'late' : 'first'))).toBeUndefined();
  expect([order, contentOf(one.path), statSync(one.path).mode & 0o777]).toEqual([['first'], whole, 0o600]);
  expect(existsSync(`${one.path}.part`)).toBe(false);
});

test.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])(
  'is written also where there are no second names: %s',
  (code) => {
    const one = made();
    const files = { ...nodeFileOperations, link: () => refuses(code) };
    expect(write(one, files)).toBeUndefined();
    expect([contentOf(one.path), statSync(one.path).mode & 0o777]).toEqual([whole, 0o600]);
    writeFileSync(one.path, 'mine');
    expect(() => write(one, files)).toThrow(expect.objectContaining({ code: 'EEXIST', isOfDraft: false }));
    expect(readFileSync(one.path, 'utf8')).toBe('mine');
  },
);

test('is there also where the system says of its name that it was not given, and it was', () => {
  const one = made();
  const link = (from: string, to: string): void => {
    nodeFileOperations.link(from, to);
    refuses('EEXIST');
  };
  expect(write(one, { ...nodeFileOperations, link })).toBeUndefined();
  expect(contentOf(one.path)).toEqual(whole);
});

test('once it has its name, nothing fails any more: what is not known is said', () => {
  const one = made();
  let isLinked = false;
  const files: FileOperations = {
    ...nodeFileOperations,
    link: (from, to) => {
      nodeFileOperations.link(from, to);
      isLinked = true;
    },
    sync: (descriptor) => (isLinked ? refuses('EIO') : nodeFileOperations.sync(descriptor)),
    remove: () => refuses('EIO'),
  };
  expect(write(one, files)).toEqual({ about: 'power-cut', why: 'the disk reported an error' });
  expect(contentOf(one.path)).toEqual(whole);
});

test('where neither the whole file nor none of it can be had, it counts as there', () => {
  const one = made();
  const files: FileOperations = {
    ...nodeFileOperations,
    link: () => refuses('EPERM'),
    write: (descriptor, bytes, at) =>
      existsSync(one.path) ? refuses('ENOSPC') : nodeFileOperations.write(descriptor, bytes, at),
    remove: () => refuses('EIO'),
  };
  expect(write(one, files)).toEqual({ about: 'content', why: 'no space is left on the disk' });
});

describe('nothing of it is there where it was refused', () => {
  // Which error of the system it is makes no difference.
  test.each(['short', 'torn', 'ENOSPC'] as const)('at any operation, by %s', (fault) => {
    for (const isWithoutLinks of [false, true])
      for (const forGood of [false, true])
        for (let failing = 1; ; failing++) {
          const one = made();
          const files = faultyFiles(failing, fault, forGood);
          const used = isWithoutLinks ? { ...files, link: () => refuses('EPERM') } : files;
          let isThere = true;
          try {
            write(one, used);
          } catch (error) {
            isThere = false;
            if (!(error instanceof BundleFailure) && !(error instanceof NotBundled))
              expect(error).toMatchObject({ syscall: 'test' });
          }
          const found = existsSync(one.path);
          // Where it cannot be taken away again, it counts as there, and is found to be damaged.
          if (isThere && found && !forGood) expect(contentOf(one.path)).toEqual(whole);
          expect([failing, forGood, isThere]).toEqual([failing, forGood, found]);
          if (files.count < failing) break;
        }
  });
});

test('says what is in the way', () => {
  const one = made();
  const draft = `${one.path}.part`;
  writeFileSync(draft, 'left');
  expect(() => write(one)).toThrow(expect.objectContaining({ code: 'EEXIST', isOfDraft: true }));
  expect(readFileSync(draft, 'utf8')).toBe('left');
  const { folder } = one;
  expect(() => write({ folder, path: join(one.path, 'none', 'x') })).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  );
  const other = { folder, path: `${one.path}.2` };
  symlinkSync('/etc/passwd', join(folder.outputs, 'link.out'));
  expect(() => write(other)).toThrow(
    new NotBundled('`outputs/link.out` in the folder of the run is no file that a run keeps'),
  );
  expect(readdirSync(join(folder.path, '..')).sort()).toEqual([folder.id, 'deploy.run.part']);
});

test('is refused where the run is written to meanwhile', () => {
  const one = made();
  let copies = 0;
  const files: FileOperations = {
    ...nodeFileOperations,
    open: (path, flags, mode) => {
      // The second look at the journal is the one that copies it.
      if (path === one.folder.journal && ++copies === 2) writeFileSync(path, 'one\ntwo\nthree\n');
      return nodeFileOperations.open(path, flags, mode);
    },
  };
  expect(() => write(one, files)).toThrow(
    new NotBundled('`journal.ndjson` of the run was written to meanwhile'),
  );
  expect(existsSync(one.path)).toBe(false);
});
