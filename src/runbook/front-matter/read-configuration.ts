// Owns the reading of a configuration file. It is a file of its own since most folders have none to be read.
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { sectionKinds } from '../runbook.ts';
import { readChannels, unknownChannelKeys } from './channels/read-channels.ts';
import { configurationIssues, unknownConfigurationKeys } from './complaints/configuration-issues.ts';
import { lostToTag } from './complaints/lost-to-tag.ts';
import { type CheckSettings, type Configuration, emptyConfiguration, type Rate } from './configuration.ts';
import { type ConfigurationInput, checkConfiguration, configurationKeys } from './front-matter-schema.ts';
import { byLabel } from './read-front-matter.ts';
import { readYaml } from './read-yaml.ts';

export interface ConfigurationReading {
  readonly configuration: Configuration;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file such as `runsheet.yaml`. Where something is wrong in it, nothing of it is used. */
export function readConfiguration({ text, toByteOffset }: SourceFile): ConfigurationReading {
  const read = readYaml(text, toByteOffset, { what: 'configuration', code: 'configuration-yaml' });
  if (!read.ok) return { configuration: emptyConfiguration, diagnostics: [read.diagnostic] };
  const checked = checkConfiguration(read.data);
  const unknown = [
    ...unknownConfigurationKeys(read.data, configurationKeys, 'the configuration', read.find),
    ...unknownChannelKeys(read.data, read.find),
    ...read.tagged.map((value) => lostToTag(value, 'configuration-value')),
  ];
  if (!checked.ok) {
    const issues = configurationIssues(checked.issues, read.find, { whole: 'configuration' });
    return { configuration: emptyConfiguration, diagnostics: [...unknown, ...issues] };
  }
  if (unknown.length > 0) return { configuration: emptyConfiguration, diagnostics: unknown };
  const { sections = {}, interpreters = {}, channels = {}, errexit, ssh, log, rates, sign } = checked.value;
  const { templates, check } = checked.value;
  const runAs = checked.value['run-as'];
  const machineRate = checked.value['machine-rate'];
  const words = sectionKinds.flatMap((kind) => {
    const list = sections[kind];
    return list === undefined ? [] : [[kind, list] as const];
  });
  return {
    configuration: {
      sections: Object.fromEntries(words),
      interpreters: byLabel(interpreters),
      channels: readChannels(channels),
      ...(errexit !== undefined && { errexit }),
      ...(ssh && { ssh }),
      ...(runAs && { runAs }),
      ...(log && { log }),
      ...(rates && { rates: readRates(rates) }),
      ...(machineRate !== undefined && { machineRate: readRate(machineRate) }),
      ...(templates && { templates }),
      ...(check && { check: toCheck(check) }),
      ...(sign && { sign: toSign(sign) }),
    },
    diagnostics: [],
  };
}

function readRates(rates: NonNullable<ConfigurationInput['rates']>): NonNullable<Configuration['rates']> {
  return Object.fromEntries(Object.entries(rates).map(([owner, rate]) => [owner, readRate(rate)]));
}

function readRate(rate: string): Rate {
  const [amount = '', currency = ''] = rate.split(' ');
  return { amount: Number(amount), currency };
}

function toCheck({ rules = {}, strict, exclude }: NonNullable<ConfigurationInput['check']>): CheckSettings {
  return {
    rules,
    ...(strict !== undefined && { strict }),
    exclude: exclude === undefined ? [] : [{ folder: '.', patterns: exclude }],
  };
}

function toSign({
  key,
  'allowed-signers': allowedSigners,
}: NonNullable<ConfigurationInput['sign']>): NonNullable<Configuration['sign']> {
  return { ...(key !== undefined && { key }), ...(allowedSigners !== undefined && { allowedSigners }) };
}
