// Owns the floor of taking in events: a server that keeps each text that is posted to it in one row, and says so.
import { createServer } from 'node:http';
import Database from 'libsql';

const bare = new Database(process.argv[2]);
bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (raw BLOB)');
const insert = bare.prepare('INSERT INTO t VALUES (?)');
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  insert.run([Buffer.concat(parts)]);
  response.writeHead(202).end();
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
