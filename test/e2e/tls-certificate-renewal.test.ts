// Tests runbooks/tls-certificate-renewal.md with a certificate authority of its own and a real TLS server.
import { readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { statusesOf } from './document-results.ts';
import { isPlain, pageOf } from './plain-pages.ts';
import { expectExit, inputs, Rig } from './rig.ts';
import { describeWith, freePort, startNginx } from './services.ts';
import { storyOf } from './told-story.ts';

const name = 'site.test';

async function rigWithCertificate({ validDays }: { validDays: number }) {
  const rig = await Rig.create();
  await rig.copy(pageOf('tls-certificate-renewal'));
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
  const oldConf = `ssl_certificate ${rig.path('tls/site.crt')};\nssl_certificate_key ${rig.path('tls/site.key')};\n`;
  const conf = await rig.write('nginx/tls.conf', oldConf);
  const siteFile = await rig.write(
    'nginx/site.conf',
    `server { listen 127.0.0.1:${port} ssl; include ${conf}; }\n`,
  );
  const nginx = await startNginx(rig.path('nginx'), [siteFile]);
  return {
    rig,
    oldConf,
    makeAuthority,
    served: () => servedSerial(port),
    pairs: async () =>
      (await readdir(rig.path('tls'))).filter((file) => /^(?:site|renewed)\./.test(file)).sort(),
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
          TLS_CONF: conf,
          TLS_DIR: rig.path('tls'),
          NEW: 'renewed',
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
    const { rig, served, pairs, run } = await rigWithCertificate({ validDays: 3 });
    expect(await served()).toBe('11');

    expectExit(await run(), 0);

    await expect.poll(served).not.toBe('11');
    expect(await rig.file('nginx/tls.conf')).toBe(
      `ssl_certificate ${rig.path('tls/renewed.crt')};\nssl_certificate_key ${rig.path('tls/renewed.key')};\n`,
    );
    expect(await pairs()).toEqual(['renewed.crt', 'renewed.key']);
    expect((await stat(rig.path('tls/renewed.key'))).mode & 0o777).toBe(0o600);
    if (isPlain) return;
    const document = await rig.file('tls-certificate-renewal.md');
    expect(statusesOf(document)).toEqual({
      'the-authority-can-sign': 'passed',
      'in-use': 'passed',
      sign: 'passed',
      lead: 'passed',
      'served-certificate': 'passed',
      'remove-the-old-pair': 'passed',
    });
    expect(document).toContain('> - ✔ passed `renew-it/then/server` in ');
  });

  test('leaves a certificate alone that is good for long enough', async () => {
    const { rig, oldConf, served, pairs, run } = await rigWithCertificate({ validDays: 60 });
    expectExit(await run(), 0);
    expect(await rig.file('nginx/tls.conf')).toBe(oldConf);
    await expect.poll(served).toBe('11');
    expect(await pairs()).toEqual(['site.crt', 'site.key']);
    expect(statusesOf(await rig.file('tls-certificate-renewal.md'))).toMatchObject({
      sign: 'skipped',
      lead: 'skipped',
      'served-certificate': 'passed',
      'remove-the-old-pair': 'skipped',
    });
  });

  test('goes back to the old certificate when clients do not trust the new one', async () => {
    const { rig, oldConf, makeAuthority, served, pairs, run } = await rigWithCertificate({ validDays: 3 });
    await makeAuthority('other');

    // The new certificate comes from an authority that no client knows.
    const other = { CA_CERT: rig.path('tls/other.crt'), CA_KEY: rig.path('tls/other.key') };
    expectExit(await run(other), 3);

    expect(await rig.file('nginx/tls.conf')).toBe(oldConf);
    await expect.poll(served).toBe('11');
    expect(await pairs()).toEqual(['site.crt', 'site.key']);
    if (isPlain) return;
    expect(statusesOf(await rig.file('tls-certificate-renewal.md'))).toMatchObject({
      lead: 'passed',
      'served-certificate': 'failed',
      'remove-new-pair': 'passed',
      'old-certificate-is-served': 'passed',
    });
    expect(await storyOf(rig)).toContain('`renew-it/then/server/undo` passed (1 line)');
  });

  test('says that the way back failed when the server cannot be reloaded at all', async () => {
    const { rig, oldConf, run } = await rigWithCertificate({ validDays: 3 });
    const { exitCode, stderr } = await run({ RELOAD: 'false' });
    expect(exitCode).toBe(6);
    expect(await rig.file('nginx/tls.conf')).toBe(oldConf);
    const undo = isPlain ? 'put-the-old-pair-back' : 'renew-it/then/server/undo';
    expect(stderr).toContain(`undoing failed at \`${undo}\``);
  });
});
