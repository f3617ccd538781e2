// Owns telling which Markdown files the tool opens. Loaded with `node --require`; each is a line of READS.
const fs = require('node:fs');

const { openSync } = fs;
fs.openSync = (path, ...more) => {
  if (String(path).endsWith('.md')) fs.appendFileSync(process.env.READS, `${path}\n`);
  return openSync(path, ...more);
};
