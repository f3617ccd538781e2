// Owns `runsheet lsp`: what the language server is given of the tool and of the disk.
import { findConfigurationFiles } from '../../engine/disk/find-configuration-files.ts';
import { findMarkdown } from '../../engine/disk/find-markdown.ts';
import { readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { homeFolder } from '../../engine/files/home-folder.ts';
import { diagnosticCodes } from '../../runbook/diagnostic-codes.ts';
import { skimRunbook } from '../../runbook/skim-runbook.ts';
import type { LanguagePorts } from '../../surfaces/language-server/pages/language-ports.ts';
import { serveLanguage } from '../../surfaces/language-server/serve-language.ts';
import { findAll } from '../checking/check-page.ts';
import { forgetConfiguration, loadConfiguration } from '../load/load-configuration.ts';
import { loadRunbookText } from '../load/load-runbook.ts';
import { toolVersion } from '../tool-version.ts';
import { formatEntries, readFormatPage } from './read-format-page.ts';

/** Serves the editor that has started it; the process ends when the editor says so, or is gone. */
export async function lsp(): Promise<void> {
  serveLanguage(process.stdin, process.stdout, toolVersion, ports());
}

function ports(): LanguagePorts {
  const format = readFormatPage();
  return {
    understand: (path, bytes) => {
      forgetConfiguration();
      return loadRunbookText(path, bytes);
    },
    findAll,
    isListed: (source) => skimRunbook(source, loadConfiguration(source.path).configuration) !== undefined,
    explain: (code) => {
      const found = diagnosticCodes.find((one) => one.code === code);
      return found && `**${found.code}**: ${found.summary}\n\n${found.explanation.trim()}`;
    },
    describe: (name) => formatEntries(format, name),
    channels: (path) => Object.keys(loadConfiguration(path).configuration.channels),
    configurationFiles: (path) =>
      findConfigurationFiles(path, process.env, homeFolder()).map((file) => file.path),
    pagesBelow: (folder) => {
      try {
        return findMarkdown(folder, () => undefined);
      } catch {
        return [];
      }
    },
    readBytes: (path) => {
      const read = readRunbookFile(path);
      return read.ok ? read.value.bytes : undefined;
    },
  };
}
