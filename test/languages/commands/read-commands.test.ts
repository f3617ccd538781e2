import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellCommands } from '../../../src/languages/commands/find-effect.ts';
import { readCommands } from '../../../src/languages/commands/read-commands.ts';
import { verdicts } from './verdicts.ts';

const order = ['destroys', 'changes', 'prepares', 'looks'] as const;

/** The strongest effect of all the commands of the code. */
function strongest(code: string): string {
  const effects = new Set(readCommands(code).commands.flatMap((command) => [...command.effects]));
  return order.find((effect) => effects.has(effect)) ?? 'unknown';
}

/** The text of each command that has the effect, as it stands in the code. */
function placesOf(code: string, effect: string): string[] {
  return readCommands(code).commands.flatMap(({ effects, start, end }) =>
    [...effects].some((known) => known === effect) ? [code.slice(start, end)] : [],
  );
}

describe.each(Object.entries(verdicts))('a command that %s', (verdict, lines) => {
  test.each(lines.trim().split('\n'))('%s', (command) => {
    expect(strongest(command)).toBe(verdict);
  });
});

describe('whatever runs a command', () => {
  const commands = Object.values(verdicts).flatMap((lines) => lines.trim().split('\n'));
  /** Commands that can stand behind another one as they are. */
  const simple = commands.filter(
    (command) => /^[\w./-]+(?: [\w@%:,./=-]+)*$/.test(command) && !/^(?:\w+=|coproc )/.test(command),
  );
  const aroundWords = [
    ...[
      'sudo %',
      'sudo -u root %',
      'doas %',
      'env A=1 %',
      'nice -n 5 %',
      'nohup %',
      'timeout 5 %',
      'time %',
      'exec %',
    ],
    ...[
      'ssh host %',
      'ssh -p 22 host sudo %',
      'xargs %',
      'xargs -n 1 %',
      'find . -exec % ;',
      'docker exec web %',
    ],
    ...[
      'kubectl exec -it web -- %',
      'kubectl -n x exec web -- %',
      'chroot /mnt %',
      'watch %',
      'ls | xargs -r %',
    ],
    ...[
      'sudo timeout 5 env B=2 %',
      'docker compose exec web %',
      'setsid %',
      'command %',
      'flock /x %',
      'sudo -E -u a %',
    ],
  ];
  const aroundCode = [
    ...[
      "sh -c '%'",
      "bash -lc '%'",
      "su -c '%'",
      "su - root -c '%'",
      "sudo bash -c '%'",
      "ssh host '%'",
      "eval '%'",
    ],
    ...[
      'if true; then %; fi',
      '( % )',
      '{ %; }',
      'x=$(%)',
      'echo "$(%)"',
      '! %',
      'true && %',
      'f() { %; }; f',
    ],
    ...[
      'bash <<EOF\n%\nEOF',
      "ssh host <<'EOF'\n%\nEOF",
      "sudo -u x sh -c '%'",
      'trap "%" EXIT',
      'while true; do %; done',
    ],
  ];

  const rank = (code: string) =>
    ['unknown', 'looks', 'prepares', 'changes', 'destroys'].indexOf(strongest(code));
  const changing = simple.filter((command) => rank(command) >= 3);

  test('never does less', () => {
    const less: string[] = [];
    for (const command of changing)
      for (const around of [...aroundWords, ...aroundCode]) {
        const wrapped = around.replace('%', () => command);
        if (rank(wrapped) < rank(command)) less.push(wrapped);
      }
    expect(less).toEqual([]);
  });

  test('never does less in another', () => {
    const nested = aroundWords.filter((around) => !around.includes('find') && !around.includes('|'));
    fc.assert(
      fc.property(
        fc.constantFrom(...changing),
        fc.array(fc.constantFrom(...nested), { minLength: 1, maxLength: 3 }),
        (command, wraps) => {
          const wrapped = wraps.reduce((code, wrap) => wrap.replace('%', () => code), command);
          expect(rank(wrapped), wrapped).toBeGreaterThanOrEqual(rank(command));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a command stands', () => {
  test.each([
    ['# kubectl delete ns x\nkubectl get ns\nkubectl delete ns prod', ['kubectl delete ns prod']],
    ['sudo -u app rm -rf /data', ['rm -rf /data']],
    ["ssh host 'cd /x && rm -rf y'", ['rm -rf y']],
    ['ssh host "cd \\"/x\\" && rm -rf y; ls"', ['rm -rf y']],
    ['sudo sh -c \'sh -c "rm -rf y"; ls\'', ['rm -rf y']],
    ['find . -type d -exec rm -rf {} +', ['rm -rf {}']],
    ['ls | xargs -n1 rm -rf', ['rm -rf']],
    ['x=$(rm -rf y)', ['rm -rf y']],
    ['bash <<EOF\nls\nrm -rf y\nEOF', ['rm -rf y']],
    ['cat <<EOF\nrm -rf y\nEOF', []],
    ['echo "rm -rf y" # rm -rf y', []],
    ['grep "rm -rf" rm', []],
    ['cat <<EOF | ssh host\nrm -rf y\nEOF', ['rm -rf y']],
    ['echo "rm -rf y" | bash', ['rm -rf y']],
    ['bash <<< "rm -rf y"', ['rm -rf y']],
    ['echo $(cat <<EOF\n$(rm -rf y)\nEOF\n)', ['rm -rf y']],
    ['a=(rm -rf y)', []],
    ['case $x in rm) ls;; esac', []],
    ['for rm in -rf y; do ls; done', []],
    ['f() { rm -rf y; }', []],
    ['f() {\n  rm -rf y\n}\nf', ['rm -rf y']],
    ['f() { rm -rf y; }\ng() { f; }\ntrap g EXIT', ['rm -rf y']],
    ['f() { rm -rf y; }\ng() { f; }\nls', []],
    ['command -v rm', []],
    ['d=$(mktemp -d); rm -rf "$d" "${d}/x"', []],
    ['d=$(mktemp -d); rm -rf "$d" "$HOME"', ['rm -rf "$d" "$HOME"']],
    ['psql -c "DROP TABLE \'x\'" # it', ['psql -c "DROP TABLE \'x\'"']],
    ['kubectl apply -f - <<EOF\nkubectl delete ns x\nEOF', []],
  ])('where it is in %j', (code, places) => {
    expect(placesOf(code, 'destroys')).toEqual(places);
  });

  test('with its place behind a placeholder', () => {
    const code = 'kubectl get pods -n <namespace>\nkubectl delete ns <namespace>';
    const found = shellCommands(code).commands.filter(({ effects }) => effects.has('destroys'));
    expect(found.map(({ start, end }) => code.slice(start, end))).toEqual(['kubectl delete ns <namespace>']);
  });
});

test('a redirection into a file belongs to what changes something', () => {
  expect(placesOf('ls; kubectl get ns -o yaml > ns.yaml && ls 2> /dev/null', 'changes')).toEqual([
    'kubectl get ns -o yaml > ns.yaml',
  ]);
  expect(placesOf('> f; ls', 'changes')).toEqual(['> f']);
});

test('a function that earlier code defines is known by its name', () => {
  const { functions } = readCommands('wipe() { rm -rf "$1"; }\nlook() { ls; }');
  expect(functions).toEqual(
    new Map([
      ['wipe', new Set(['changes', 'destroys'])],
      ['look', new Set(['looks'])],
    ]),
  );
  const read = readCommands('look /x; sudo wipe /x; wipe /x', functions);
  expect(read.commands.map(({ words, effects }) => [words.join(' '), [...effects].sort()])).toEqual([
    ['look /x', ['looks']],
    ['sudo wipe /x', ['looks']],
    ['wipe /x', ['changes', 'destroys']],
    ['wipe /x', ['changes', 'destroys']],
  ]);
});

test.each([
  'ssh host',
  'ssh -p 22 -i key user@host',
  'su',
  'su -',
  'su - postgres',
  'sudo su -',
  'sudo -i',
  'sudo -s',
  'sudo -u postgres -i',
  'bash',
  'sudo bash',
  'docker exec -it web bash',
  'docker exec -it web sh',
  'docker run -it --rm alpine',
  'kubectl exec -it web-0 -- bash',
  'kubectl exec -it web-0 -n x -- /bin/sh',
  'kubectl -n x exec -ti web-0 -c app -- mysql -u root',
  'psql -U postgres',
  'mysql -u root -p',
  'redis-cli',
  'python3',
  'oc rsh web',
  'sqlite3 a.db',
  'chroot /mnt',
  'docker compose exec web bash',
  'oc debug node/n1',
  'systemd-nspawn -D /mnt',
  'virsh console vm1',
  'tsh ssh root@web1',
  'juju ssh web/0',
  'sqlplus / as sysdba',
  'sqlplus user/word@db',
  'rman target /',
  'screen -S work',
  'tmux new -s work',
  'nix-shell -p jq',
  'poetry shell',
  'pipenv shell',
  'pkexec bash',
  'toolbox enter',
  'distrobox enter box',
  'wsl -d Debian',
])('opens a session: %s', (command) => {
  expect(placesOf(command, 'opens-session')).toHaveLength(1);
  expect(placesOf(command, 'wants-terminal')).toHaveLength(1);
});

test.each([
  'ssh host uptime',
  'ssh -N -L 1:h:2 host',
  'ssh -V',
  'ssh host <<EOF\nls\nEOF',
  'su - postgres -c psql-like',
  'sudo -i ls',
  'sudo ls',
  'bash script.sh',
  'bash -c ls',
  'docker exec -it web ls',
  'docker exec web bash -c ls',
  'kubectl exec -it web-0 -- df -h',
  'kubectl exec -it web-0 -- command',
  'psql -c "select 1"',
  'psql <<EOF\nselect 1\nEOF',
  'echo "select 1" | psql',
  'python3 script.py',
  'python3 -c "print(1)"',
  'redis-cli info',
  'docker run -d nginx',
  'oc debug node/n1 -- chroot /host uptime',
  'systemd-nspawn -D /mnt uptime',
  'tsh ssh root@web1 uptime',
  'juju ssh web/0 uptime',
  'sqlplus user/word@db @report.sql',
  'sqlplus -s user/word@db <<EOF\nselect 1 from dual;\nEOF',
  'screen -dmS work make',
  'tmux new-session -d -s work make',
  'tmux kill-session -t work',
  'nix-shell -p jq --run "jq --version"',
  'poetry run pytest',
  'wsl -e uptime',
])('opens no session: %s', (command) => {
  expect(placesOf(command, 'opens-session')).toEqual([]);
  expect(placesOf(command, 'wants-terminal')).toEqual([]);
});

test.each([
  'vim x',
  'sudo vim x',
  'less x',
  'top',
  'kubectl edit deploy web',
  'crontab -e',
  'git rebase -i main',
  'docker exec -it web vi /etc/x',
  'k9s',
  'visudo',
])('wants a terminal: %s', (command) => {
  expect(placesOf(command, 'wants-terminal')).toHaveLength(1);
});

test.each([
  'tail -f x',
  'sudo tail -n 5 -F x | grep y',
  'kubectl logs -f web',
  'kubectl get pods -w',
  'kubectl port-forward svc/web 80',
  'journalctl -u x -f',
  'journalctl -fu x',
  'ping host',
  'watch ls',
  'docker compose up',
  'docker logs --follow web',
  'ssh host tail -f x',
  'sleep infinity',
  'yes',
])('never ends: %s', (command) => {
  expect(placesOf(command, 'never-ends')).toHaveLength(1);
});

test.each([
  'tail -n 5 x',
  'timeout 5 tail -f x',
  'tail -f x | head -n 1',
  'kubectl logs -f web | grep -m1 ready',
  'yes | apt install x',
  'ping -c 3 host',
  'kubectl get pods -o wide',
  'docker compose up -d',
  'journalctl -u f',
  'kubectl logs -nf web',
])('ends: %s', (command) => {
  expect(placesOf(command, 'never-ends')).toEqual([]);
});

test('what goes on beside the code is told', () => {
  const read = readCommands('(tail -f x) & tail -f y');
  expect(read.commands.map(({ words, isInBackground }) => [words.join(' '), isInBackground])).toEqual([
    ['tail -f x', true],
    ['tail -f y', false],
  ]);
});

test('any text is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'rm -rf "\'$(){}|;&<>\\\n`#EOF=sudoshc') }), (code) => {
      for (const { start, end } of readCommands(code).commands) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(code.length);
        expect(start).toBeLessThanOrEqual(end);
      }
    }),
    { numRuns: 3_000 },
  );
});
