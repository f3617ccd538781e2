import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runHttpBlock } from '../../../src/engine/runners/run-http-block.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** Sends a block and gives all that came of it; dates and ports are taken out. */
async function send(code: string, env: Readonly<Record<string, string>> = {}, signal?: AbortSignal) {
  const folder = temporaryFolder();
  const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  const writers = [openSync(paths[0], 'w'), openSync(paths[1], 'w')] as const;
  try {
    const exitCode = await runHttpBlock({
      code,
      env,
      writers,
      signal: signal ?? new AbortController().signal,
    });
    const [stdout = '', stderr = ''] = paths.map((path) => readFileSync(path, 'utf8'));
    const plain = stderr
      .replace(/^(?:date|connection|keep-alive|transfer-encoding|content-length): .*\n/gm, '')
      .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT');
    return { exitCode, stdout, stderr: plain };
  } finally {
    for (const writer of writers) closeSync(writer);
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createHttpServer(listener))}`;

test('the fetch has no limits of its own for a request', async () => {
  const base = await serve((_, response) => response.end('done'));
  new Headers();
  const global = globalThis as { [symbol: symbol]: unknown };
  const key = Symbol.for('undici.globalDispatcher.1');
  const everybodys = global[key] as { dispatch(options: object, handler: object): boolean };
  onTestFinished(() => {
    global[key] = everybodys;
  });
  const asked: object[] = [];
  global[key] = {
    dispatch: (options: object, handler: object) => {
      asked.push(options);
      return everybodys.dispatch(options, handler);
    },
  };
  expect(await send(`GET ${base}`)).toMatchObject({ exitCode: 0, stdout: 'done' });
  expect(asked).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0 }]);
});

describe('answers', () => {
  test('the body goes to stdout, status and headers go to stderr', async () => {
    const base = await serve((request, response) => {
      let body = '';
      request.on('data', (bytes) => {
        body += bytes;
      });
      request.on('end', () => {
        response.writeHead(201, 'Created', {
          'Content-Type': 'application/json',
          'Set-Cookie': ['sid=abc; Path=/', 'b=2'],
        });
        const { method, url, headers } = request;
        response.end(
          JSON.stringify({ method, url, token: headers['x-token'], type: headers['content-type'], body }),
        );
      });
    });
    const code = 'POST {{BASE}}/items?a=1\nX-Token: $TOKEN\n\n{"name": "{{NAME|json}}"}\n';
    expect(await send(code, { BASE: base, TOKEN: 't0p', NAME: 'a"b\n漢' })).toEqual({
      exitCode: 0,
      stdout: JSON.stringify({
        method: 'POST',
        url: '/items?a=1',
        token: 't0p',
        type: 'application/json',
        body: JSON.stringify({ name: 'a"b\n漢' }).replace(':', ': '),
      }),
      stderr:
        'HTTP/1.1 201 Created\ncontent-type: application/json\nset-cookie: sid=***; Path=/\nset-cookie: b=***\n\n',
    });
  });

  test.each([
    [204, 0],
    [404, 4],
    [503, 5],
  ])('%i gives exit code %i', async (status, exitCode) => {
    const base = await serve((_, response) => response.writeHead(status, 'As Told').end());
    expect(await send(`DELETE ${base}/x`)).toEqual({
      exitCode,
      stdout: '',
      stderr: `HTTP/1.1 ${status} As Told\n\n`,
    });
  });

  test('redirects are followed, or not', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { Location: '/new?token=1' }).end();
      else response.end('there');
    });
    expect(await send(`GET ${base}/old`)).toEqual({
      exitCode: 0,
      stdout: 'there',
      stderr: '(redirected to http://127.0.0.1:PORT/new)\nHTTP/1.1 200 OK\n\n',
    });
    expect(await send(`# @no-redirect\nGET ${base}/old`)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'HTTP/1.1 302 Found\nlocation: /new?token=1\n\n',
    });
  });

  test('several requests go out in order until one fails', async () => {
    const seen: string[] = [];
    const base = await serve((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(request.url === '/2' ? 409 : 200).end(`body ${request.url}`);
    });
    const code = ['/1', '/2', '/3'].map((path) => `### Ask ${path}\nGET ${base}${path}\n`).join('\n');
    expect(await send(code)).toEqual({
      exitCode: 4,
      stdout: 'body /1\nbody /2',
      stderr: '### Ask /1\nHTTP/1.1 200 OK\n\n\n### Ask /2\nHTTP/1.1 409 Conflict\n\n',
    });
    expect(seen).toEqual(['GET /1', 'GET /2']);
  });

  test('a compressed body is shown as it was before', async () => {
    const text = 'line\n'.repeat(100_000);
    const base = await serve((_, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(text)),
    );
    expect((await send(`GET ${base}/`)).stdout === text).toBe(true);
  });
});

describe('failures', () => {
  test('a block that cannot be read sends nothing', async () => {
    expect(await send('GET http://127.0.0.1/$MISSING')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'line 1: there is no variable `MISSING`\n',
    });
  });

  test('nobody listens', async () => {
    const server = createHttpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await send(`GET http://127.0.0.1:${port}/`)).toEqual({
      exitCode: 7,
      stdout: '',
      stderr: '127.0.0.1:PORT: nothing listens there\n',
    });
  });

  test('a name that cannot exist', async () => {
    const { exitCode, stderr } = await send('GET http://no-such-host.invalid/');
    expect(exitCode).toBe(6);
    expect(stderr).toMatch(/^no-such-host\.invalid: the name (?:is not known|could not be looked up)\n$/);
  });

  test('an answer that breaks off', async () => {
    const base = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('half', () => response.destroy());
    });
    const { stdout, ...rest } = await send(`GET ${base}/`);
    // What had arrived but was not read yet goes down with the connection.
    expect('half'.startsWith(stdout)).toBe(true);
    expect(rest).toEqual({
      exitCode: 56,
      stderr: 'HTTP/1.1 200 OK\n\n127.0.0.1:PORT: the answer was cut off: the server closed the connection\n',
    });
  });

  test('an abort ends a request that is not answered', async () => {
    const asked = new AbortController();
    const base = await serve(() => asked.abort());
    expect(await send(`GET ${base}/`, {}, asked.signal)).toEqual({
      exitCode: 28,
      stdout: '',
      stderr: 'the request was ended before its answer was complete\n',
    });
  });

  test('an endless redirect', async () => {
    const base = await serve((_, response) => response.writeHead(302, { Location: '/' }).end());
    expect(await send(`GET ${base}/`)).toEqual({
      exitCode: 47,
      stdout: '',
      stderr: '127.0.0.1:PORT: redirected more than 20 times\n',
    });
  });
});

describe('TLS', () => {
  async function serveTls(extra: readonly string[]): Promise<number> {
    const folder = temporaryFolder();
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const fixed = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', [...fixed, '-keyout', key, '-out', cert, '-subj', '/CN=test', ...extra], {
      stdio: 'ignore',
    });
    const options = { key: readFileSync(key), cert: readFileSync(cert) };
    return listen(createHttpsServer(options, (_, response) => response.end('ok')));
  }

  test('a certificate that nobody vouches for is refused, with the way out', async () => {
    const port = await serveTls(['-addext', 'subjectAltName=DNS:localhost']);
    expect(await send(`GET https://localhost:${port}/`)).toEqual({
      exitCode: 60,
      stdout: '',
      stderr:
        'localhost:PORT: the certificate is self-signed; to trust its authority, start runsheet with ' +
        'NODE_EXTRA_CA_CERTS set to the file of its certificate (PEM)\n',
    });
  });

  test('a server without TLS', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await send(`GET https://127.0.0.1:${port}/`)).toEqual({
      exitCode: 35,
      stdout: '',
      stderr: '127.0.0.1:PORT: the server does not speak TLS there; is it `http://`?\n',
    });
  });
});
