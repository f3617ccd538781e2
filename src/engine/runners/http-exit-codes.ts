// Owns the exit codes of `http` blocks.

/** What the exit code of an `http` block says, after curl's. */
export const httpExitCodes = {
  success: 0,
  badRequest: 2,
  clientError: 4,
  serverError: 5,
  unknownHost: 6,
  noConnection: 7,
  timeout: 28,
  tls: 35,
  tooManyRedirects: 47,
  brokenAnswer: 56,
  badCertificate: 60,
} as const;
