// Owns the form of the embedded queue's file, as the steps that lead to it from an empty one.

/** Says of a file that it is one of ours: `rsht`. */
export const applicationId = 0x72736874;

/** Never changed once released: a file says how many it has gone. Booleans are 0 and 1, times milliseconds since 1970. */
export const migrations: readonly string[] = [
  `
CREATE TABLE delivery (id INTEGER PRIMARY KEY, raw BLOB NOT NULL, bytes INTEGER NOT NULL) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery INTEGER NOT NULL REFERENCES delivery (id),
  endpoint TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, subject TEXT NOT NULL,
  state TEXT NOT NULL,      -- firing, resolved, occurred, or unreadable
  told TEXT NOT NULL,       -- JSON
  rounds TEXT NOT NULL,     -- JSON
  led INTEGER NOT NULL,     -- to a run
  times INTEGER NOT NULL, received_at INTEGER NOT NULL, last_told_at INTEGER NOT NULL,
  UNIQUE (endpoint, source, key, state)
) STRICT;
CREATE INDEX event_by_subject ON event (endpoint, source, subject, id);
CREATE INDEX event_by_age ON event (last_told_at);
CREATE INDEX event_by_delivery ON event (delivery);
CREATE INDEX event_led ON event (led, id);
CREATE INDEX event_by_source ON event (source, id);

CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,     -- JSON
  runbook TEXT NOT NULL,    -- JSON
  path TEXT NOT NULL, rule TEXT, inputs TEXT NOT NULL, may TEXT NOT NULL, when_resolved TEXT NOT NULL,
  run_on TEXT NOT NULL,
  concurrency_key TEXT, concurrency_limit INTEGER, when_full TEXT, counts_resting INTEGER,
  rate_count INTEGER, rate_per INTEGER,
  dedup_key TEXT, dedup_until INTEGER,
  endpoint TEXT, source TEXT, subject TEXT,
  firing INTEGER NOT NULL,  -- its span lasts until its subject is over
  status TEXT NOT NULL, reason TEXT,
  queued_at INTEGER NOT NULL, due_at INTEGER, started_at INTEGER, ended_at INTEGER,
  worker TEXT, epoch INTEGER NOT NULL, deaths INTEGER NOT NULL, exit INTEGER, outcome TEXT
) STRICT;
CREATE INDEX run_by_status ON run (status, number);
CREATE INDEX run_waiting ON run (number) WHERE due_at IS NOT NULL;
CREATE INDEX run_by_due ON run (run_on, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX run_unbegun ON run (rule) WHERE started_at IS NULL AND ended_at IS NULL;
CREATE INDEX run_of_rate ON run (rule, rate_count, rate_per, run_on, due_at) WHERE rate_count IS NOT NULL AND started_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX run_by_key ON run (concurrency_key, status) WHERE concurrency_key IS NOT NULL;
CREATE INDEX run_by_rule ON run (rule, started_at) WHERE rule IS NOT NULL;
CREATE INDEX run_by_dedup ON run (rule, dedup_key) WHERE dedup_key IS NOT NULL;
CREATE INDEX run_by_subject ON run (endpoint, source, subject) WHERE subject IS NOT NULL;
CREATE INDEX run_by_path ON run (path, number);
CREATE INDEX run_by_end ON run (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE run_event (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  event INTEGER NOT NULL REFERENCES event (id),
  PRIMARY KEY (run, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_event_by_event ON run_event (event);

CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  type TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_by_run ON message (run);

CREATE TABLE run_order (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX run_order_by_age ON run_order (at);

CREATE TABLE worker (name TEXT PRIMARY KEY, since INTEGER NOT NULL, beat_at INTEGER NOT NULL) STRICT;

CREATE TABLE link (
  hash TEXT PRIMARY KEY, run TEXT NOT NULL, address TEXT NOT NULL, person TEXT NOT NULL, digest TEXT NOT NULL,
  expires_at INTEGER NOT NULL, used_at INTEGER
) STRICT;
CREATE INDEX link_by_expiry ON link (expires_at);

CREATE TABLE token (
  hash TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER
) STRICT;

CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`,
  `
ALTER TABLE run ADD COLUMN machine_ms INTEGER;
-- A worker has died with it: nobody has seen the end of a process.
ALTER TABLE run ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;

CREATE TABLE worker_time (
  month TEXT PRIMARY KEY,   -- YYYY-MM, UTC
  place_ms INTEGER NOT NULL, busy_ms INTEGER NOT NULL, runs INTEGER NOT NULL
) STRICT;
`,
  'ALTER TABLE token ADD COLUMN person TEXT;',
];
