// Owns letting something go wrong beside a run, as soon as the file `go` is there. Loaded with `node --require`;
// BESIDE_FAILURE says what: an error, one of the system, a rejected promise, or nothing left to wait for.
const { existsSync } = require('node:fs');

const kind = process.env.BESIDE_FAILURE;
// Only the tool itself is to be disturbed.
delete process.env.NODE_OPTIONS;

const failures = {
  error: () => {
    throw new Error('made by the test');
  },
  system: () => {
    throw Object.assign(new Error('EIO: made by the test'), { code: 'EIO', syscall: 'read' });
  },
  rejection: () => void Promise.reject(new Error('made by the test')),
  // What Node says when its event loop is empty.
  lost: () => process.emit('beforeExit', 0),
};

const timer = setInterval(() => {
  if (!existsSync('go')) return;
  clearInterval(timer);
  failures[kind]();
}, 5);
timer.unref();
