// Owns what the failures of Node's fetch mean to a person, and their exit codes.
import { httpExitCodes } from './http-exit-codes.ts';

export interface ExplainedFailure {
  readonly message: string;
  readonly exitCode: number;
}

const trustHelp =
  'to trust its authority, start runsheet with NODE_EXTRA_CA_CERTS set to the file of its certificate (PEM)';

/** OpenSSL's X509_V_ERR codes as Node spells them, and Node's own. */
const certificateFailures: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: `the certificate is self-signed; ${trustHelp}`,
  SELF_SIGNED_CERT_IN_CHAIN: `the certificate's chain ends in an authority that is not trusted here; ${trustHelp}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `the server does not send the certificate of its issuer, or the issuer is not trusted here; ${trustHelp}`,
  UNABLE_TO_GET_ISSUER_CERT: `the certificate's issuer is not known; ${trustHelp}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `the certificate's issuer is not trusted here; ${trustHelp}`,
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet; is the clock right?',
  CERT_REVOKED: 'the certificate was revoked',
  CERT_UNTRUSTED: `the certificate is not trusted here; ${trustHelp}`,
  INVALID_PURPOSE: 'the certificate is not meant for servers',
};

const connectionFailures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the server closed the connection',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to its network',
  EADDRNOTAVAIL: 'the address cannot be reached from here',
  EPIPE: 'the server closed the connection',
  UND_ERR_SOCKET: 'the server closed the connection',
};

const timeouts: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'the server accepted the request and did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'the server stopped in the middle of its answer',
};

/** Names the host and never the address as a whole, which can hold tokens. */
export function explainFetchFailure(error: unknown, url: URL, answered: boolean): ExplainedFailure {
  const cause = innermost(error);
  const code = codeOf(cause);
  const text = messageOf(cause);
  const { host, hostname } = url;
  if (code in timeouts) return { message: `${host}: ${timeouts[code]}`, exitCode: httpExitCodes.timeout };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') {
    const why = code === 'ENOTFOUND' ? 'is not known' : 'could not be looked up';
    return { message: `${hostname}: the name ${why}`, exitCode: httpExitCodes.unknownHost };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = (cause as { cert?: { subjectaltname?: unknown } }).cert?.subjectaltname;
    const others = typeof names === 'string' && names !== '' ? `, but for ${names}` : '';
    const message = `${host}: the certificate is not for \`${hostname}\`${others}`;
    return { message, exitCode: httpExitCodes.badCertificate };
  }
  const certificate = certificateFailures[code];
  if (certificate !== undefined)
    return { message: `${host}: ${certificate}`, exitCode: httpExitCodes.badCertificate };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    const plain = /wrong version number|packet length too long|http request/i.test(text);
    const why = plain
      ? 'the server does not speak TLS there; is it `http://`?'
      : `TLS failed (${reasonOf(text)})`;
    return { message: `${host}: ${why}`, exitCode: httpExitCodes.tls };
  }
  if (/redirect count exceeded/.test(text))
    return { message: `${host}: redirected more than 20 times`, exitCode: httpExitCodes.tooManyRedirects };
  if (text === 'bad port')
    return { message: `${host}: requests to this port are blocked`, exitCode: httpExitCodes.noConnection };
  if (answered) {
    const why = connectionFailures[code] ?? text;
    const message = `${host}: the answer was cut off: ${why}`;
    return { message, exitCode: httpExitCodes.brokenAnswer };
  }
  const known = connectionFailures[code];
  return { message: `${host}: ${known ?? text}`, exitCode: httpExitCodes.noConnection };
}

/** fetch wraps what happened once or twice; several addresses tried give an aggregate of errors. */
function innermost(error: unknown): unknown {
  let inner = error;
  for (let depth = 0; depth < 5; depth += 1) {
    if (inner instanceof AggregateError && inner.errors.length > 0) inner = inner.errors[0];
    else if (inner instanceof Error && inner.cause !== undefined) inner = inner.cause;
    else break;
  }
  return inner;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** OpenSSL's messages are a line of colons whose sixth field is the reason. */
function reasonOf(text: string): string {
  return text.split(':')[5]?.trim() || text.trim();
}
