// Owns where a command finds the database of a fleet.

/** Says where the database is; no block sees it. */
export const databaseVariable = 'RUNSHEET_DATABASE';

/** As it was given, else by the environment; undefined where this machine has its runs for itself. */
export function databaseAddress(given: string | undefined): string | undefined {
  return given ?? process.env[databaseVariable];
}
