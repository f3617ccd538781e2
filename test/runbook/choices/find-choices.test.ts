// Tests which headings, tabs, list items and blocks are alternatives, and which are not.
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

/** The ways of each choice of a page, by name. */
function choicesOf(...lines: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const { source } = decodeSource('a.md', new TextEncoder().encode(`${lines.join('\n')}\n`));
  const { choices = [] } = parseRunbook(source).runbook;
  return Object.fromEntries(choices.map(({ name, branches }) => [name, branches.map((one) => one.name)]));
}

const code = ['', '```sh', 'echo', '```', ''];
const below = (...titles: readonly string[]) => [
  '## Do it',
  '',
  ...titles.flatMap((title) => [`### ${title}`, ...code]),
];

describe('headings beside one another', () => {
  it.each([
    ['Option A: rolling', 'Option B: blue-green'],
    ['1. Method one', 'Method 2'],
    ['Scenario 1 - disk full', 'Scenario 2 - disk slow'],
    ['方法一：用包', '方法二：源码'],
    ['パターン1', 'パターン2'],
    ['Ubuntu / Debian', 'Red Hat, CentOS and Fedora'],
    ['Installing on macOS', 'Installing on Windows 11'],
    ['Homebrew', 'Using apt'],
    ['AWS', 'Google Cloud'],
    ['Install with Docker', 'Install using a package'],
    ['If the primary is down', 'If a replica is down'],
    ['Automatic upgrade', 'Semi-automatic upgrade'],
    ['停机升级', '不停机升级'],
    ['Connect to the cluster', 'Connect to the cluster'],
    ['By hand', 'Alternatively, with the script'],
    ['用包安装', '或者从源码'],
    ['With Docker', 'Without Docker'],
    ['Docker', 'Bare metal'],
    ['Docker', 'Linux'],
    [':penguin: Linux', ':simple-apple: macOS'],
    ['Автоматическое обновление', 'Ручное обновление'],
    ['Mise à jour automatique', 'Mise à jour manuelle'],
    ['Automatisches Update', 'Manuelles Update'],
    ['Actualización automática', 'Actualización manual'],
    ['x86_64', 'arm64'],
    ['Automatic', 'Manual'],
    ['With downtime', 'Without downtime'],
    ['Blue-green', 'Canary'],
    ['The easy way', 'The hard way'],
    ['Quick method', 'Thorough method'],
    ['First approach', 'Second approach'],
    ['Small clusters', 'Large clusters'],
    ['Soft reset', 'Hard reset'],
    ['From 1.x', 'From 2.x'],
    ['Upgrading from 7.x', 'Upgrading from 8.x and later'],
    ['Scenario: node lost', 'Scenario: network split'],
    ['EKS clusters', 'GKE clusters'],
    ['Docker installation', 'Helm installation'],
    ['Minor upgrade', 'Major upgrade'],
    ['Partial restore', 'Full restore'],
    ['Fresh install', 'Upgrade'],
    ['New installations', 'Existing installation'],
    ['Single node', 'Cluster'],
    ['Restore to the same cluster', 'Restore to a new cluster'],
    ['Same region', 'Cross-region'],
    ['Quorum intact', 'Quorum lost'],
    ['One node lost', 'Majority lost'],
    ['Replica is lagging', 'Replica is healthy'],
    ['Root user', 'Non-root user'],
    ['Unplanned failover', 'Planned failover'],
    ['Self-hosted', 'SaaS'],
    ['Public cloud', 'Private cloud'],
    ['Enable the mirror', 'Disable the mirror'],
    ['Scaling up', 'Scaling down'],
    ['Add a netblock to the list', 'Remove a netblock from the list'],
    ['Block an address', 'Unblock an address'],
  ])('%s and %s are a choice', (one, other) => {
    const found = Object.values(choicesOf(...below(one, other)));
    expect(found.map((ways) => ways.length)).toEqual([2]);
  });

  it.each([
    ['Step 1', 'Step 2'],
    ['Step 1: Offline', 'Step 2: Online'],
    ['Build with Docker', 'Run with Docker'],
    ['Upgrading from 7.x to 8.x', 'Upgrading from 8.x to 9.x'],
    ['Upgrade to 1.5', 'Upgrade to 1.6'],
    ['Staging', 'Production'],
    ['First node', 'Second node'],
    ['Take it offline', 'Bring it online'],
    ['Phase 1', 'Phase 2'],
    ['Stop the service', 'Start the service'],
    ['Upgrade the control plane', 'Upgrade the workers'],
    ['Install Docker', 'Configure Docker'],
    ['Order the parts', 'Assemble them'],
    ['Create the VPC', 'Create the subnet'],
    ['Back up the database', 'Restore the database'],
    ['2. Restart it', '6. Restart it'],
    ['If it is down', 'When it is back'],
    ['Disable the monitor', 'Enable the monitor'],
    ['Scale down', 'Scale up'],
    ['Scale up to 6', 'Scale down to 3'],
    ['Mount the volume', 'Unmount the volume'],
    ['Create the public subnet', 'Create the private subnet'],
    ['Configure the new nodes', 'Configure the existing nodes'],
    ['Add a new node', 'Add another node'],
    ['Add the new node', 'Remove the old node'],
    ['Remove the label', 'Add the label'],
    ['Procedure 1', 'Procedure 2'],
    ['Check the primary is up', 'Check the primary is writable'],
    ['Temporary fix', 'Permanent fix'],
    ['Drain one node', 'Drain all nodes'],
  ])('%s and %s are not', (one, other) => {
    expect(choicesOf(...below(one, other))).toEqual({});
  });

  it('a page that is linked to several times, with other values, is no choice', () => {
    const links = ['[Node](node.md){with.NODE=a}', '[Node](node.md){with.NODE=b}'] as const;
    expect(choicesOf(...below(...links))).toEqual({});
    expect(choicesOf(...below('[With apt](a.md)', '[With dnf](a.md)'))).toEqual({
      'do-it': ['with-apt', 'with-dnf'],
    });
  });

  it('those that are none of it stay outside, and a second choice has a name of its own', () => {
    expect(choicesOf(...below('Option A', 'Option B', 'Start it', 'On Debian', 'On Fedora'))).toEqual({
      'do-it': ['option-a', 'option-b'],
      'do-it-2': ['on-debian', 'on-fedora'],
    });
  });

  it.each([
    'Three procedures, same tool. Pick the one matching your scenario.',
    'Follow the procedure that applies to you.',
    'Choose one:',
  ])('those that are counted are a choice below "%s"', (words) => {
    const [, ...rest] = below('Prepare', 'Procedure 1: to the latest', 'Procedure 2: to a time');
    expect(choicesOf('## Do it', '', words, '', ...rest)).toEqual({
      'do-it': ['procedure-1-to-the-latest', 'procedure-2-to-a-time'],
    });
    expect(choicesOf('## Do it', '', 'Do them one at a time.', '', ...rest)).toEqual({});
  });

  it('the heading above calls all of them a choice, or takes all of them', () => {
    const [, ...rest] = below('This', 'That');
    expect(choicesOf('## Do it {choose}', ...rest)).toEqual({ 'do-it': ['this', 'that'] });
    expect(choicesOf('## Do it {choose=all}', ...rest)).toEqual({ 'do-it': ['this', 'that'] });
  });
});

describe('below one heading', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['words before blocks', ['On Debian:', ...code, 'On Red Hat:', ...code], ['on-debian', 'on-red-hat']],
    ['another way', ['Install it:', ...code, 'Or, from source:', ...code], ['install-it', 'or-from-source']],
    [
      'conditions',
      ['If you use systemd:', ...code, 'If you use runit:', ...code],
      ['if-you-use-systemd', 'if-you-use-runit'],
    ],
    [
      'list items',
      [
        '- Method 1: by key:',
        '',
        '  ```sh',
        '  a',
        '  ```',
        '',
        '- Method 2: by role:',
        '',
        '  ```sh',
        '  b',
        '  ```',
      ],
      ['method-1', 'method-2'],
    ],
    ['systems alone', ['Ubuntu:', ...code, 'CentOS:', ...code], ['ubuntu', 'centos']],
    [
      'kinds of servers',
      ['EKS clusters:', ...code, 'GKE clusters:', ...code],
      ['eks-clusters', 'gke-clusters'],
    ],
    [
      'opposites',
      ['**Graceful:**', ...code, 'Look:', ...code, '**Forced:**', ...code],
      ['graceful', 'forced'],
    ],
    ['modes', ['Rolling restart:', ...code, 'Full restart:', ...code], ['rolling-restart', 'full-restart']],
    ['what takes back', ['Enable it:', ...code, 'Disable it:', ...code], ['enable-it', 'disable-it']],
    [
      'list items with a system each',
      ['- Helm:', '', '  ```sh', '  a', '  ```', '', '- Kustomize:', '', '  ```sh', '  b', '  ```'],
      ['helm', 'kustomize'],
    ],
    ['shells of two systems', ['```bash', 'a', '```', '', '```powershell', 'b', '```'], ['shell', 'windows']],
    [
      'tabs of Docusaurus',
      [
        '<Tabs>',
        '<TabItem value="deb" label="Debian">',
        ...code,
        '</TabItem>',
        '<TabItem value="x">',
        ...code,
        '</TabItem>',
        '</Tabs>',
      ],
      ['debian', 'x'],
    ],
    [
      'tabs of Hugo',
      [
        '{{< tabs name="os" >}}',
        '{{% tab name="Linux" %}}',
        ...code,
        '{{% /tab %}}',
        '{{% tab name="macOS" %}}',
        ...code,
        '{{% /tab %}}',
        '{{< /tabs >}}',
      ],
      ['linux', 'macos'],
    ],
    [
      'a code group of VitePress',
      [
        '::: code-group',
        '',
        '```sh [npm]',
        'npm install',
        '```',
        '',
        '```sh [pnpm]',
        'pnpm install',
        '```',
        '',
        ':::',
      ],
      ['npm', 'pnpm'],
    ],
    [
      'a code group of Mintlify',
      [
        '<CodeGroup>',
        '',
        '```bash macOS',
        'brew install x',
        '```',
        '',
        '```bash Debian',
        'apt install x',
        '```',
        '',
        '</CodeGroup>',
      ],
      ['macos', 'debian'],
    ],
    [
      'tabs of GitBook',
      [
        '{% tabs %}',
        '{% tab title="Linux" %}',
        ...code,
        '{% endtab %}',
        '{% tab title="macOS" %}',
        ...code,
        '{% endtab %}',
        '{% endtabs %}',
      ],
      ['linux', 'macos'],
    ],
  ])('%s are a choice', (_, lines, ways) => {
    expect(choicesOf('## Install', '', ...lines)).toEqual({ install: ways });
  });

  it.each<[string, readonly string[]]>([
    ['equal words', ['Run:', ...code, 'Run:', ...code]],
    ['a sequence', ['Stop it:', ...code, 'Then start it:', ...code]],
    ['the same condition twice', ['On Debian:', ...code, 'On Debian:', ...code]],
    ['what is done with one tool', ['Build with Docker:', ...code, 'Run with Docker:', ...code]],
    [
      'what is turned off again behind other words',
      ['Enable maintenance:', ...code, 'Swap the disk.', '', 'Disable maintenance:', ...code],
    ],
    ['one condition', ['If it is down:', ...code, 'Then look at it:', ...code]],
    ['a word that begins like another', ['Order it:', ...code, 'Organise it:', ...code]],
  ])('%s are not', (_, lines) => {
    expect(choicesOf('## Install', '', ...lines)).toEqual({});
  });
});

describe('a title that comes back', () => {
  it('is a step of its own behind something else', () => {
    expect(choicesOf(...below('Restart nginx', 'Change the config', 'Restart nginx'))).toEqual({});
    expect(
      choicesOf(...below('Move shard 1', 'Check the lag', 'Wait', 'Move shard 2', 'Check the lag', 'Wait')),
    ).toEqual({});
  });

  it('is another way where others come back with it', () => {
    const titles = ['Create a group', 'Connect', 'Create a group', 'Create a cluster', 'Connect'];
    expect(choicesOf(...below(...titles))).toEqual({
      'do-it': ['create-a-group', 'create-a-group-1'],
      'do-it-2': ['connect', 'connect-1'],
    });
  });
});
