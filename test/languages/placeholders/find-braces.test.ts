import { expect, test } from 'vitest';
import { findBraces } from '../../../src/languages/placeholders/find-braces.ts';

const found = (code: string) => findBraces(code).map(({ start, end }) => code.slice(start, end));

test.each<[code: string, braces: readonly string[]]>([
  ['rm -rf /srv/{tenant}/cache/*', ['{tenant}']],
  ['kubectl -n {your-namespace} delete pod {pod_1}', ['{your-namespace}', '{pod_1}']],
  ['az group delete -n "{resource-group}"', ['{resource-group}']],
  ['cf ssh {APP NAME}', ['{APP NAME}']],
  ['cnpg-{version}.yaml > {file}', ['{version}', '{file}']],
  ['curl -H "Authorization: Bearer {token}" \'https://api/users/{id}\'', ['{token}', '{id}']],
  ['curl -d \'{"role": "{roleId}"}\' x', ['{roleId}']],
  ['ssh web1 "rm -rf /srv/{tenant}"', ['{tenant}']],
  ['python manage.py {command}', ['{command}']],
  ['x=/srv/{mandant}; ls $x', ['{mandant}']],
  ['ls /srv/{名前}', ['{名前}']],
])('%s', (code, braces) => {
  expect(found(code)).toEqual(braces);
});

test.each([
  'cp a.{yaml,yml} b{1..3} {a..c}',
  'echo ${name} ${name:-{other}} {} %{http_code} "#{session_name}" \\{x}',
  'git rev-parse HEAD^{commit} HEAD@{upstream}',
  'exec {fd}>log; { ls; }',
  "ps | awk '{print}'; awk {print} x; jq '{name}' x; jq -n {name}",
  'sed -i "s/{version}/1.2/" a; sed s/{version}/1/ a; grep "{version}" a',
  'python -c "print(f\'{x}\')"; node -e "const {readFile} = fs"',
  'psql -c "select \'{admin}\'"',
  'ssh web1 "df | awk \'{print}\'"',
  'ls | xargs -I {file} cp {file} /x; xargs -I{f} rm {f}',
  'helm upgrade x y --set hosts={chart.local} --set tags={prod}',
  "docker ps --format '{{.Names}}' -f {{json}} ; kubectl get x -o jsonpath='{range .items[*]}{end}'",
  'cat <<EOF\nserver {name}\nEOF',
  '# rm {tenant}',
  '{tenant}',
])('%s: none', (code) => {
  expect(found(code)).toEqual([]);
});

test('a long line is looked through once', () => {
  expect(findBraces(`rm ${'/srv/{tenant} '.repeat(20_000)}`)).toHaveLength(20_000);
  expect(findBraces(`rm ${'{'.repeat(200_000)}`)).toEqual([]);
  expect(findBraces(`rm {${'a '.repeat(100_000)}`)).toEqual([]);
});
