// Owns letting the n-th file operation of a real process fail or be its last; knows nothing of what the files hold.
// With the kind `full` it is the first that finds the disk full, as does all that needs room after it.
// Loaded with `node --require`. RUNSHEET_FAULT is `n:kind`, RUNSHEET_FAULT_BELOW the folders that count, separated
// by colons, RUNSHEET_FAULT_ONLY a part of the paths that do; the file RUNSHEET_FAULT_FIRED gets kind and path when the fault happens.
const fs = require('node:fs');
const { createPowerCut } = require('./power-cut.cjs');

const [count, kind] = (process.env.RUNSHEET_FAULT || '0:none').split(':');
const below = (process.env.RUNSHEET_FAULT_BELOW || '').split(':').filter(Boolean);
const only = process.env.RUNSHEET_FAULT_ONLY || '';
const fired = process.env.RUNSHEET_FAULT_FIRED;
// Blocks and helpers of the tool inherit the environment, but only the tool itself is to be disturbed.
for (const name of ['FAULT', 'FAULT_BELOW', 'FAULT_ONLY', 'FAULT_FIRED'])
  delete process.env[`RUNSHEET_${name}`];
delete process.env.NODE_OPTIONS;

const real = { ...fs };
const pathOf = new Map();
let left = Number(count);

let power;
if (kind.startsWith('power')) {
  real.mkdirSync(`${fired}.backups`);
  power = createPowerCut(real, `${fired}.backups`);
}

function counts(path) {
  const text = String(path);
  // Pipes are not files that could be full or torn.
  // The code of blocks lies beside them, or in memory, and is of no use to anybody after a power cut.
  const isInMemory = text.startsWith('/dev/shm/runsheet-');
  const isCode = isInMemory || text.includes('/code/');
  if (isCode ? power !== undefined : text.includes('/.pipes-')) return false;
  return (isInMemory || below.some((folder) => text.startsWith(folder))) && text.includes(only);
}

/** What needs room on a disk. */
const takesRoom = new Set(['create', 'write', 'mkdir', 'mkdtemp', 'link']);

/** Kinds that meet nothing but writes. */
const ofWrites = new Set(['torn', 'short', 'kill-before-write']);

/** True when this operation is the one; a write can be torn or short, and nothing else can. */
function isIt(name, path, isWrite) {
  if (!counts(path)) return false;
  if (kind === 'full') {
    if (!takesRoom.has(name)) return false;
    left -= 1;
    if (left === 0) real.writeFileSync(fired, `${kind} ${path}\n`);
    return left <= 0;
  }
  if (left <= 0) return false;
  if (ofWrites.has(kind) && !isWrite) return false;
  left -= 1;
  if (left > 0) return false;
  real.writeFileSync(fired, `${kind} ${path}\n`);
  return true;
}

function die() {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing more may happen until it arrives.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}

function fail(call) {
  const code = kind === 'full' ? 'ENOSPC' : kind;
  throw Object.assign(new Error(`${code}: made by the test, ${call}`), {
    code,
    syscall: call,
    errno: -1,
  });
}

/** `before` and `after` keep the power cut's book. */
function disturbed(name, path, perform, { torn, before, after } = {}) {
  const whole = () => {
    if (power && counts(path)) before?.();
    const value = perform();
    if (power && counts(path)) after?.();
    return value;
  };
  if (!isIt(name, path, torn !== undefined)) return whole();
  if (kind.startsWith('kill-before')) die();
  if (power) {
    // All that was not synced is gone; a sync that was just asked for has done nothing yet.
    if (!name.includes('sync')) whole();
    power.happen(below, kind === 'power-names-kept');
    die();
  }
  if (kind === 'kill-after') {
    perform();
    die();
  }
  if (kind === 'torn') {
    torn();
    die();
  }
  if (kind === 'short') return torn();
  return fail(name);
}

fs.openSync = (path, ...rest) => {
  // Reading is not disturbed: what cannot be read is told by its own tests.
  const writes = rest[0] !== undefined && rest[0] !== 'r' && rest[0] !== real.constants.O_RDONLY;
  let existed = false;
  const open = () => {
    const descriptor = real.openSync(path, ...rest);
    pathOf.set(descriptor, String(path));
    return descriptor;
  };
  if (!writes) return open();
  return disturbed(/^[wa]/.test(String(rest[0])) ? 'create' : 'open', path, open, {
    before: () => {
      existed = real.existsSync(path);
    },
    after: () => power.opened(String(path), existed),
  });
};
// They open and write by themselves, in one call. What they make is put down in the book as an open file is.
for (const name of ['writeFileSync', 'appendFileSync']) {
  fs[name] = (file, text, ...rest) => {
    const path = typeof file === 'number' ? (pathOf.get(file) ?? '') : String(file);
    let existed = false;
    return disturbed('write', path, () => real[name](file, text, ...rest), {
      // They go on after a short write by themselves.
      ...(kind !== 'short' && {
        torn: () => real[name](file, text.slice(0, Math.floor(text.length / 2)), ...rest),
      }),
      before: () => {
        existed = real.existsSync(path);
      },
      after: () => power.opened(path, existed),
    });
  };
}
fs.mkdtempSync = (prefix, ...rest) => disturbed('mkdtemp', prefix, () => real.mkdtempSync(prefix, ...rest));
fs.closeSync = (descriptor) => {
  pathOf.delete(descriptor);
  return real.closeSync(descriptor);
};
fs.writeSync = (descriptor, bytes, ...rest) => {
  const path = pathOf.get(descriptor) ?? '';
  if (typeof bytes === 'string')
    return disturbed('write', path, () => real.writeSync(descriptor, bytes, ...rest));
  const [offset = 0, length = bytes.length - offset, position = null] = rest;
  const half = Math.max(1, Math.floor(length / 2));
  return disturbed('write', path, () => real.writeSync(descriptor, bytes, offset, length, position), {
    torn: () => real.writeSync(descriptor, bytes, offset, half, position),
  });
};
for (const name of ['fdatasyncSync', 'fsyncSync', 'ftruncateSync', 'fchmodSync']) {
  fs[name] = (descriptor, ...rest) => {
    const path = pathOf.get(descriptor) ?? '';
    const syncs = name.endsWith('syncSync');
    return disturbed(name, path, () => real[name](descriptor, ...rest), {
      ...(syncs && { after: () => power.synced(path) }),
    });
  };
}
for (const name of ['fsync', 'fdatasync']) {
  fs[name] = (descriptor, callback) => {
    const path = pathOf.get(descriptor) ?? '';
    let done = () => {};
    const perform = () =>
      real[name](descriptor, (error) => {
        if (error === null) done();
        callback(error);
      });
    const before = () => {
      done = power.syncing(path);
    };
    try {
      disturbed(name, path, perform, { before });
    } catch (error) {
      process.nextTick(callback, error);
    }
  };
}
fs.renameSync = (from, to) =>
  disturbed('rename', from, () => real.renameSync(from, to), { before: () => power.renaming(from, to) });
fs.linkSync = (from, to) =>
  disturbed('link', from, () => real.linkSync(from, to), { before: () => power.linking(to) });
// Node itself gives bytes, where it removes all of a folder.
fs.unlinkSync = (path) =>
  disturbed('unlink', path, () => real.unlinkSync(path), { before: () => power.removing(String(path)) });
fs.mkdirSync = (path, ...rest) => disturbed('mkdir', path, () => real.mkdirSync(path, ...rest));
require('node:module').syncBuiltinESMExports();
