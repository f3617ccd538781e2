// Tests of the servers that the end-to-end tests stand on.
import { expect, test } from 'vitest';
import { Rig } from './rig.ts';
import { describeWith, freePort, startNginx, startPostgres } from './services.ts';

describeWith(['initdb', 'postgres', 'psql'], 'a PostgreSQL server', () => {
  test('answers, holds as many sessions as it is told to, and keeps idle ones', async () => {
    const postgres = await startPostgres({ maxConnections: 10 });
    await postgres.query('CREATE ROLE shop LOGIN');
    await postgres.openIdleSessions(7, 'shop');
    await expect(postgres.openIdleSessions(1, 'shop')).rejects.toThrow('a session ended before it was idle');
    expect(
      await postgres.query(
        "SELECT usename, application_name, count(*) FROM pg_stat_activity WHERE usename = 'shop' GROUP BY 1, 2",
      ),
    ).toEqual(['shop|shop|7']);
  });
});

test('ports that are asked for at once are not the same', async () => {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  expect(new Set(ports).size).toBe(3);
});

describeWith(['nginx'], 'an nginx server', () => {
  test('serves the sites that it is given', async () => {
    const rig = await Rig.create();
    const port = await freePort();
    const site = await rig.write(
      'nginx/site.conf',
      `server { listen 127.0.0.1:${port}; location / { return 200 "hello\\n"; } }\n`,
    );
    await startNginx(rig.path('nginx'), [site]);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello\n');
  });
});
