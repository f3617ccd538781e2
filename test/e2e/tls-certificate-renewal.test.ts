// Tests runbooks/tls-certificate-renewal.md with a certificate authority of its own and a real TLS server.
import { access, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { statusesOf } from './document-results.ts';
import { expectExit, inputs, Rig } from './rig.ts';
import { describeWith, freePort, startNginx } from './services.ts';

const name = 'site.test';

async function rigWithCertificate({ validDays }: { validDays: number }) {
  const rig = await Rig.create();
  await rig.copy('runbooks/tls-certificate-renewal.md');
  await rig.write('tls/extensions.txt', `subjectAltName=DNS:${name}\n`);
  const openssl = async (...args: string[]) => {
    const { exitCode, stderr } = await rig.exec('openssl', args, { cwd: 'tls' });
    if (exitCode !== 0) throw new Error(stderr);
  };
  const makeAuthority = (file: string) =>
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-noenc',
      '-days',
      '99',
      '-subj',
      `/CN=${file}`,
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.crt`,
    );
  await makeAuthority('ca');
  await openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-noenc',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    'site.key',
    '-out',
    'site.csr',
  );
  await openssl(
    'x509',
    '-req',
    '-in',
    'site.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-set_serial',
    '17',
    '-days',
    String(validDays),
    '-extfile',
    'extensions.txt',
    '-out',
    'site.crt',
  );
  await rm(rig.path('tls/site.csr'));

  const port = await freePort();
  const siteFile = await rig.write(
    'nginx/site.conf',
    `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${rig.path('tls/site.crt')}; ssl_certificate_key ${rig.path('tls/site.key')}; }\n`,
  );
  const nginx = await startNginx(rig.path('nginx'), [siteFile]);
  return {
    rig,
    makeAuthority,
    served: () => servedSerial(port),
    pair: async () => [await rig.file('tls/site.crt'), await rig.file('tls/site.key')],
    run: (more: Record<string, string> = {}) =>
      rig.run([
        'run',
        'tls-certificate-renewal.md',
        '--yes',
        '--on-failure',
        'rollback',
        ...inputs({
          SERVER_NAME: name,
          SERVER_ADDRESS: `127.0.0.1:${port}`,
          CERT_FILE: rig.path('tls/site.crt'),
          KEY_FILE: rig.path('tls/site.key'),
          CA_CERT: rig.path('tls/ca.crt'),
          CA_KEY: rig.path('tls/ca.key'),
          CLIENT_TRUST: rig.path('tls/ca.crt'),
          RELOAD: nginx.reload,
          ...more,
        }),
      ]),
  };
}

/** The serial number of the certificate that a client is served, in hexadecimal. */
async function servedSerial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername: name, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

describeWith(['nginx', 'openssl'], 'tls-certificate-renewal.md', () => {
  test('renews a certificate that ends soon, and clients are served the new one', async () => {
    const { rig, served, pair, run } = await rigWithCertificate({ validDays: 3 });
    const before = await pair();
    expect(await served()).toBe('11');

    expectExit(await run(), 0);

    const after = await pair();
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    await expect.poll(served).not.toBe('11');
    expect(statusesOf(await rig.file('tls-certificate-renewal.md'))).toEqual({
      'openssl-is-here': 'passed',
      'the-authority-can-sign': 'passed',
      'the-old-certificate-can-be-replaced': 'passed',
      'served-before': 'passed',
      request: 'passed',
      sign: 'passed',
      'new-certificate-is-good': 'passed',
      install: 'passed',
      reload: 'passed',
      'served-certificate': 'passed',
      'good-for-long-enough': 'passed',
      'remove-the-old-pair': 'passed',
    });
    expect((await readdir(rig.path('tls'))).filter((file) => file.startsWith('site.'))).toEqual([
      'site.crt',
      'site.key',
    ]);
  });

  test('leaves a certificate alone that is good for long enough', async () => {
    const { rig, served, pair, run } = await rigWithCertificate({ validDays: 60 });
    const before = await pair();
    expectExit(await run(), 0);
    expect(await pair()).toEqual(before);
    await expect.poll(served).toBe('11');
    expect(statusesOf(await rig.file('tls-certificate-renewal.md'))).toMatchObject({
      request: 'skipped',
      install: 'skipped',
      reload: 'skipped',
      'served-certificate': 'passed',
    });
  });

  test('goes back to the old certificate when clients do not trust the new one', async () => {
    const { rig, makeAuthority, served, pair, run } = await rigWithCertificate({ validDays: 3 });
    await makeAuthority('other');
    const before = await pair();

    // The new certificate comes from an authority that no client knows.
    const other = { CA_CERT: rig.path('tls/other.crt'), CA_KEY: rig.path('tls/other.key') };
    expectExit(await run(other), 3);

    expect(await pair()).toEqual(before);
    await expect.poll(served).toBe('11');
    expect(statusesOf(await rig.file('tls-certificate-renewal.md'))).toMatchObject({
      install: 'passed',
      reload: 'passed',
      'served-certificate': 'failed',
      'put-the-old-pair-back': 'passed',
      'remove-new-certificate': 'passed',
      'remove-request': 'passed',
      'reload-old-certificate': 'passed',
      'old-certificate-is-served': 'passed',
    });
  });

  test('says that the way back failed when the server cannot be reloaded at all', async () => {
    const { rig, pair, run } = await rigWithCertificate({ validDays: 3 });
    const before = await pair();
    const { exitCode, stderr } = await run({ RELOAD: 'false' });
    expect(exitCode).toBe(6);
    expect(stderr).toContain('reload-old-certificate');
    expect(await pair()).toEqual(before);
    await expect(access(rig.path('tls/site.crt.before'))).rejects.toThrow('ENOENT');
  });
});
