// Owns letting the n-th file operation of a real process fail or be its last; knows nothing of what the files hold.
// Loaded with `node --require`. RUNSHEET_FAULT is `n:kind`, RUNSHEET_FAULT_BELOW the folders that count, separated
// by colons; the file RUNSHEET_FAULT_FIRED is made when the fault happens.
const fs = require('node:fs');

const [count, kind] = (process.env.RUNSHEET_FAULT || '0:none').split(':');
const below = (process.env.RUNSHEET_FAULT_BELOW || '').split(':').filter(Boolean);
const fired = process.env.RUNSHEET_FAULT_FIRED;
// Blocks and helpers of the tool inherit the environment, but only the tool itself is to be disturbed.
delete process.env.RUNSHEET_FAULT;

const real = { ...fs };
const pathOf = new Map();
let left = Number(count);

function counts(path) {
  const text = String(path);
  // Pipes are not files that could be full or torn.
  return below.some((folder) => text.startsWith(folder)) && !text.includes('/.pipes-');
}

/** True when this operation is the one. */
function isIt(path) {
  if (left <= 0 || !counts(path)) return false;
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
  throw Object.assign(new Error(`${kind}: made by the test, ${call}`), {
    code: kind,
    syscall: call,
    errno: -1,
  });
}

function disturbed(name, path, perform, torn) {
  if (!isIt(path)) return perform();
  if (kind === 'kill-before') die();
  if (kind === 'kill-after') {
    perform();
    die();
  }
  if (kind === 'torn') {
    if (torn) torn();
    die();
  }
  if (kind === 'short') return torn ? torn() : perform();
  return fail(name);
}

fs.openSync = (path, ...rest) => {
  // Reading is not disturbed: what cannot be read is told by its own tests.
  const writes = rest[0] !== undefined && rest[0] !== 'r' && rest[0] !== real.constants.O_RDONLY;
  const open = () => {
    const descriptor = real.openSync(path, ...rest);
    pathOf.set(descriptor, String(path));
    return descriptor;
  };
  return writes ? disturbed('open', path, open) : open();
};
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
  return disturbed(
    'write',
    path,
    () => real.writeSync(descriptor, bytes, offset, length, position),
    () => real.writeSync(descriptor, bytes, offset, half, position),
  );
};
for (const name of ['fdatasyncSync', 'fsyncSync', 'ftruncateSync', 'fchmodSync']) {
  fs[name] = (descriptor, ...rest) =>
    disturbed(name, pathOf.get(descriptor) ?? '', () => real[name](descriptor, ...rest));
}
fs.fsync = (descriptor, callback) => {
  try {
    disturbed('fsync', pathOf.get(descriptor) ?? '', () => real.fsync(descriptor, callback));
  } catch (error) {
    process.nextTick(callback, error);
  }
};
for (const name of ['renameSync', 'linkSync', 'unlinkSync', 'mkdirSync']) {
  fs[name] = (path, ...rest) => disturbed(name, path, () => real[name](path, ...rest));
}
require('node:module').syncBuiltinESMExports();
