// Owns letting the system call the account of a process something else than it does, for tests of what is told.
// Loaded with `node --require`; TEST_USER_NAME is the name. No answer to a gate goes by it: that is whose the file is.
const os = require('node:os');
const { syncBuiltinESMExports } = require('node:module');

const username = process.env.TEST_USER_NAME;
const { userInfo } = os;
os.userInfo = (...options) => ({ ...userInfo(...options), username });
syncBuiltinESMExports();
// Blocks and helpers of the tool inherit the environment, but only the tool itself is to be told.
delete process.env.TEST_USER_NAME;
delete process.env.NODE_OPTIONS;
