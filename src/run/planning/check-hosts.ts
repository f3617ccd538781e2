// Owns what can be wrong about the hosts that a block names, before anything is run; reaches no host.
import { namedValue } from '../../basics/named-values.ts';
import { languageOf } from '../../languages/languages.ts';
import type { Attributes, Block, Runbook, Step } from '../../runbook/runbook.ts';
import { closestName } from '../../text/closest-name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { isHostName } from '../targets/host-targets.ts';
import { checkManner } from './check-manner.ts';
import { loopWordsOf } from './loop-of.ts';
import { type Tell, tellAt } from './tell-at.ts';

type Groups = Readonly<Record<string, readonly string[]>>;

/** The hosts that names stand for: groups give their members, each host comes once. */
export function resolveGroups(names: readonly string[], groups: Groups): readonly string[] {
  return [...new Set(names.flatMap((name) => namedValue(groups, name) ?? [name]))];
}

/** Where a block runs: its own word, or else that of its step; the two are never mixed. */
export function whereOf(step: Attributes, block: Attributes): Pick<Attributes, 'hosts' | 'hostsFrom'> {
  const { hosts, hostsFrom } = block.hosts !== undefined || block.hostsFrom !== undefined ? block : step;
  return { ...(hosts !== undefined && { hosts }), ...(hostsFrom !== undefined && { hostsFrom }) };
}

/**
 * A validation or rollback of a step with what the step's heading says of hosts, users, folder and variables: it is about
 * the same machines and what the step works on there.
 */
export function onHostsOf(step: Step, bound: Step): Step {
  const { parallel, user, cwd, env } = step.attributes;
  const where = whereOf(step.attributes, bound.attributes);
  const { hosts: _hosts, hostsFrom: _from, ...own } = bound.attributes;
  const inherited = where.hosts === undefined && where.hostsFrom === undefined ? {} : { parallel };
  return {
    ...bound,
    attributes: {
      ...(inherited.parallel !== undefined && { parallel }),
      ...(user !== undefined && { user }),
      ...(cwd !== undefined && { cwd }),
      ...own,
      ...(env !== undefined && { env: { ...env, ...own.env } }),
      ...where,
    },
  };
}

/** Everything that is wrong with the hosts of a runbook's blocks. */
export function checkHosts(runbook: Runbook): readonly Diagnostic[] {
  const visit = (step: Step): readonly Diagnostic[] => [
    ...step.parts.flatMap((part) =>
      part.type === 'block' && part.block.runnable ? checkBlock(runbook, step, part.block) : [],
    ),
    ...[...step.validation, ...step.rollback].flatMap((bound) => visit(onHostsOf(step, bound))),
  ];
  return runbook.steps.flatMap(visit);
}

function checkBlock(runbook: Runbook, step: Step, block: Block): readonly Diagnostic[] {
  const { hosts: groups } = runbook.frontMatter;
  const written: Attributes = { ...step.attributes, ...block.attributes };
  const { hosts: names, hostsFrom } = whereOf(step.attributes, block.attributes);
  const found: Diagnostic[] = [];
  const tell = tellAt(runbook, block, found);
  const { user = runbook.frontMatter.user } = written;
  for (const { code, message, ...more } of checkManner(block, { ...written, ...(user && { user }) }))
    tell(code, message, more);
  if (names === undefined && hostsFrom === undefined) {
    const isLoop = loopWordsOf(step.attributes, block.attributes).each !== undefined;
    for (const [name, value] of Object.entries({
      parallel: isLoop ? undefined : written.parallel,
      'hosts-must-pass': isLoop ? undefined : written.hostsMustPass,
    }))
      if (value !== undefined)
        tell('host-option', `\`${name}\` says nothing about a block that runs on this machine`, {
          help: 'say where it runs with `host=` or `hosts-from=`, or for what with `each=`',
        });
    return found;
  }
  if (names !== undefined && hostsFrom !== undefined)
    tell('host-option', '`host` and `hosts-from` both say where the block runs', {
      help: 'write one of them',
    });
  const hosts = resolveGroups(names ?? [], groups);
  for (const name of names ?? []) checkName(name, groups, tell);
  const { family } = languageOf(block.language ?? 'sh') ?? {};
  if (family === 'sql' || family === 'http')
    tell('host-language', `\`${block.language}\` blocks run on this machine only`, {
      help:
        family === 'sql'
          ? 'call the database client in a shell block, or name the server in the inputs'
          : 'call `curl` in a shell block',
    });
  if (written.background)
    tell('host-option', 'a block in the background runs on this machine only', {
      help: 'start it as a service there, or take `background` out',
    });
  if (written.interactive && hosts.length > 1)
    tell('host-option', `an interactive block needs one host, and this one has ${hosts.length}`);
  const count = /^\d+$/.test(written.hostsMustPass ?? '') ? Number(written.hostsMustPass) : 0;
  if (hostsFrom === undefined && count > hosts.length)
    tell('host-option', `\`hosts-must-pass=${count}\` can never hold: the block has ${hosts.length} of them`);
  return found;
}

function checkName(name: string, groups: Groups, tell: Tell): void {
  const group = namedValue(groups, name);
  const isGroup = group !== undefined;
  const members = group ?? [name];
  if (members.length === 0) tell('empty-hosts', `the group \`${name}\` has no hosts`);
  for (const host of members) {
    const whose = isGroup ? ` of the group \`${name}\`` : '';
    if (host.includes('$'))
      tell('host-name', `\`${host}\`${whose} is taken as written: variables are not filled in`, {
        help: `let a command say it: \`hosts-from="echo ${host}"\``,
      });
    else if (!isHostName(host))
      tell('host-name', `\`${host}\`${whose} is not the name of a host`, {
        help: 'a host is one word that does not begin with `-`',
      });
  }
  if (isGroup || Object.values(groups).some((hosts) => hosts.includes(name))) return;
  const meant = closestName(name, Object.keys(groups));
  // Hosts are often called like their group, with a number behind it.
  if (meant !== undefined && !name.startsWith(meant))
    tell('unknown-host-group', `\`${name}\` is neither a group nor a host of one`, {
      severity: 'warning',
      label: `did you mean \`${meant}\`?`,
      help: 'it is taken as the name of a host',
    });
}
