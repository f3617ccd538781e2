// Owns the clock that all machines of a fleet have in common.

/** An expression of PostgreSQL: its wall time, in milliseconds since 1970; in a transaction, too, the time of asking. */
export const databaseNow = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
