// Owns the benchmark of blocks on hosts: 50 of them over loopback, against `xargs -P` with plain multiplexed ssh to the
// same hosts. Both ways are measured: connections that have to be made, and connections that stand.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { compare } from './measure.mjs';
import { row } from './table.mjs';

const hostCount = 50;
const parallel = 10;
const serverCount = 4;
const blocksWarm = 2;

export async function measureHosts(workplace) {
  const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path));
  if (sshd === undefined) {
    console.error('sshd is not installed: hosts are not measured');
    return [];
  }
  const { config, end } = await startServers(workplace, sshd);
  try {
    const names = Array.from({ length: hostCount }, (_, index) => `host${index + 1}`);
    const list = workplace.write('hosts.txt', `${names.join('\n')}\n`);
    const sockets = join(workplace.folder, 'cm');
    mkdirSync(sockets, { mode: 0o700 });
    const ssh = `ssh -F ${config} -o ControlMaster=auto -o ControlPath=${sockets}/%n -o ControlPersist=60`;
    const round = `xargs -P ${parallel} -I{} ${ssh} {} true < ${list}`;
    const leave = `xargs -P ${parallel} -I{} ${ssh} -O exit {} < ${list} 2>/dev/null; true`;
    const runbook = (blocks) =>
      `# Hosts\n\n## Steps\n\n${Array.from(
        { length: blocks },
        (_, index) =>
          `### Step ${index + 1}\n\n\`\`\`sh {hosts-from="cat ${list}" parallel=${parallel}}\ntrue\n\`\`\`\n`,
      ).join('\n')}`;
    const ours = (name, blocks) => ({
      ...workplace.run(name, runbook(blocks)),
      env: { RUNSHEET_SSH: `ssh -F ${config}` },
    });
    const bash = (script) => ({ command: 'bash', args: ['-c', script] });
    const { one, many, cold, warm } = await compare(
      {
        one: ours('hosts-1.md', 1),
        many: ours('hosts-many.md', 1 + blocksWarm),
        cold: bash(`${round}; ${leave}`),
        warm: bash(`${round}; for i in $(seq ${blocksWarm}); do ${round}; done; ${leave}`),
      },
      3,
      { warmUp: false },
    );
    const perBlock = (all, first) => (all.ms - first.ms) / blocksWarm;
    const floor = `xargs -P ${parallel}, multiplexed ssh`;
    return [
      row({
        name: `a trivial block on ${hostCount} hosts, connecting`,
        value: one.ms,
        of: cold.ms,
        floor,
        bound: 2,
      }),
      row({
        name: `a trivial block on ${hostCount} hosts, connected`,
        value: perBlock(many, one),
        of: perBlock(warm, cold),
        floor,
        bound: 2,
      }),
    ];
  } finally {
    end();
  }
}

async function startServers(workplace, sshd) {
  const path = (name) => join(workplace.folder, name);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  for (const key of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(`key-${key}`)]);
  const ports = [];
  const servers = [];
  for (let index = 0; index < serverCount; index += 1) {
    const port = await freePort();
    const settings = {
      Port: port,
      ListenAddress: '0.0.0.0',
      HostKey: path('key-host'),
      PidFile: 'none',
      AuthorizedKeysFile: path('key-user.pub'),
      StrictModes: 'no',
      UsePAM: 'no',
      PermitRootLogin: 'yes',
      PasswordAuthentication: 'no',
      MaxStartups: 200,
    };
    const file = workplace.write(
      `sshd-${index}.conf`,
      Object.entries(settings)
        .map(([name, value]) => `${name} ${value}\n`)
        .join(''),
    );
    const server = spawn(sshd, ['-D', '-e', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise((resolve, reject) => {
      server.once('exit', () => reject(new Error('sshd ended')));
      server.stderr.on('data', (text) => /listening on/i.test(String(text)) && resolve());
    });
    servers.push(server);
    ports.push(port);
  }
  const hostKey = readFileSync(path('key-host.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
  const known = [];
  const lines = Array.from({ length: hostCount }, (_, index) => {
    const address = `127.0.1.${index + 1}`;
    const port = ports[index % serverCount];
    known.push(`[${address}]:${port} ${hostKey}\n`);
    return `Host host${index + 1}\n  HostName ${address}\n  Port ${port}\n`;
  });
  writeFileSync(path('known'), known.join(''));
  const config = workplace.write(
    'ssh.conf',
    `${lines.join('')}Host *\n  User ${userInfo().username}\n  IdentityFile ${path('key-user')}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${path('known')}\n  StrictHostKeyChecking yes\n`,
  );
  return {
    config,
    end: () => {
      for (const server of servers) server.kill('SIGTERM');
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
