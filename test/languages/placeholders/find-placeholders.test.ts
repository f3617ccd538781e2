import { describe, expect, test } from 'vitest';
import type { PlaceholderSyntax } from '../../../src/languages/placeholders/find-placeholders.ts';
import { findPlaceholders } from '../../../src/languages/placeholders/find-placeholders.ts';

function found(code: string, syntax: PlaceholderSyntax = 'shell') {
  return findPlaceholders(code, syntax).map(({ text, variable, start, end }) => {
    expect(code.slice(start, end)).toBe(text);
    return `${text}=${variable}`;
  });
}

describe('findPlaceholders', () => {
  test.each([
    ['kubectl -n <namespace> get pod <pod-name>', ['<namespace>=NAMESPACE', '<pod-name>=POD_NAME']],
    ['ssh <user>@<host>', ['<user>=USER', '<host>=HOST']],
    ['curl http://<node ip>:9090/api', ['<node ip>=NODE_IP']],
    ['export NS=<namespace>; ls --cluster=<name>', ['<namespace>=NAMESPACE', '<name>=NAME']],
    ['x="<e.g. arn:aws:rds>"', ['<e.g. arn:aws:rds>=E_G_ARN_AWS_RDS']],
    ['aws s3 cp a s3://your-bucket/', ['your-bucket=YOUR_BUCKET']],
    ['export TOKEN=YOUR_API_TOKEN', ['YOUR_API_TOKEN=YOUR_API_TOKEN']],
    ['helm install {{ release }} x', ['{{ release }}=RELEASE']],
    ['password: CHANGEME', ['CHANGEME=CHANGEME']],
    ['export HOST=[Which host]\nexport A=[a-z] B=[x]', ['[Which host]=WHICH_HOST']],
    ['if [ a = b ]; then export X=1; fi; A=[one two]', []],
    ['export P=[YOUR_PROJECT]; go --id [YOUR_ID]', ['[YOUR_PROJECT]=YOUR_PROJECT', '[YOUR_ID]=YOUR_ID']],
    ['cat <<E\nhosts: [YOUR_HOST]\nE', ['YOUR_HOST=YOUR_HOST']],
    ['if [ "$IP" != "<pending>" ]; then echo; fi', []],
    ['tiup stop <集群名>', ['<集群名>=U96C6_U7FA4_U540D']],
    ['echo <1st-id>', ['<1st-id>=_1ST_ID']],
    ['cat <<EOF\nhost: <host>\nEOF', ['<host>=HOST']],
    ['aws s3 ls s3://my<env>bucket', ['<env>=ENV']],
    ['cat <<EOF\nuser<name>x\nEOF', ['<name>=NAME']],
    ['python<version>/bin/pip list', ['<version>=VERSION']],
    ['cd <folder>"$sub"', ['<folder>=FOLDER']],
    ['scp PATH-TO-YOUR-FILE x:', ['PATH-TO-YOUR-FILE=PATH_TO_YOUR_FILE']],
    [
      'cp path-to-your-file /tmp; T=INSERT_TOKEN_HERE',
      ['path-to-your-file=PATH_TO_YOUR_FILE', 'INSERT_TOKEN_HERE=INSERT_TOKEN_HERE'],
    ],
    [
      'tar -xf /path/to/a.tar.gz -C ~/path/to/dir/',
      ['/path/to/a.tar.gz=PATH_TO_A_TAR_GZ', '~/path/to/dir/=PATH_TO_DIR'],
    ],
    ['aws s3 ls s3://b/path/to/key', ['path/to/key=PATH_TO_KEY']],
    ['curl -O https://x/v{{ page.version }}.tgz', ['{{ page.version }}=PAGE_VERSION']],
    ['curl {{ site.url | escape }}/x', ['{{ site.url | escape }}=SITE_URL']],
    ['cd {% link a/b.md %} && ls', ['{% link a/b.md %}=LINK_A_B_MD']],
    ['curl -O v{{< param "fullversion" >}}', ['{{< param "fullversion" >}}=FULLVERSION']],
  ])('%j holds %j', (code, expected) => {
    expect(found(code)).toEqual(expected);
  });

  test.each([
    'sort <in.txt >out.txt',
    'sort <in>out',
    'ansible all -m debug -a "msg={{ groups.web | length }}"',
    "curl -w '%{http_code}' ${x%y} && printf '{%s}'",
    '# cp /path/to/x',
    '{{< tabs >}}',
    'POST https://x/?q={{QUERY|url}}',
    'cd /opt/path/tools',
    'a=path/to/file; echo "${a##*/}"',
    'cat<file>out',
    'cat<in.txt>"$out"',
    'if true; then sudo sort<in>out; fi',
    'cat <<EOF >file\nEOF',
    'wc -l <<< "$x"',
    'diff <(ls a) <(ls b)',
    'cmd 2>&1 <&3',
    'grep "<none>" x',
    'echo "<b>bold</b><br>"',
    'xml="<name>ada</name>"',
    '# replace <namespace> first',
    'docker ps --format "{{.Names}} {{ end }}"',
    "kubectl get x -o go-template='{{ range .items }}{{ name }}{{ end }}'",
    'run: ${{ secrets }}',
    'YOUR_TOKEN=abc; echo $YOUR_TOKEN ${YOUR_TOKEN}',
    '--your-flag',
    'if (( a < b && c > d )); then true; fi',
    'git log --author="Ada <ada@example.org>"',
    "jq '.a | select(.b<3 and .c>4)'",
    `curl -d '{"text":"see <https://grafana.example.org/d/1|the dashboard> <!here>"}' http://127.0.0.1/x`,
    'echo "look at <https://x.example>"',
  ])('%j holds none', (code) => {
    expect(found(code)).toEqual([]);
  });

  test('does not take types of other languages for placeholders', () => {
    expect(found('const a: Array<string> = f(<input>)', 'other')).toEqual(['<input>=INPUT']);
  });

  test('looks at comments and templates line by line', () => {
    expect(found('# <a1> {{ b }} your-c\n<d1> {{ e }} your-f\n# <g1>\n<x1> {{ .x }} {{ i }}\n')).toEqual([
      '<d1>=D1',
      '{{ e }}=E',
      'your-f=YOUR_F',
      '<x1>=X1',
    ]);
  });

  test('is linear in long code', () => {
    const started = performance.now();
    expect(findPlaceholders('<x> {{ b }} your-c\n'.repeat(50_000), 'shell').length).toBe(150_000);
    expect(findPlaceholders('<x> {{ b }} your-c '.repeat(50_000), 'shell').length).toBe(150_000);
    expect(performance.now() - started).toBeLessThan(6_000);
  });
});
