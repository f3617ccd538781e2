// Tests what the files of languages hold that are to end at their first failing command.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { ExecutorRig } from '../executors/executor-rig.ts';

/** PowerShell is in no distribution: this one shows what it is given. */
const standIn = '#!/bin/sh\nfor file; do :; done\ncat "$file"\n';

const strictly = "$ErrorActionPreference = 'Stop'; $PSNativeCommandUseErrorActionPreference = $true; ";

test.each([
  ['Get-Item a\nWrite-Output b', true, `${strictly}Get-Item a\nWrite-Output b`],
  ['#!/usr/bin/env pwsh\nGet-Item a', true, `${strictly}#!/usr/bin/env pwsh\nGet-Item a`],
  ['parameters\n', true, `${strictly}parameters\n`],
  ['Get-Item a', false, 'Get-Item a'],
  ['# of two\n<# words\n#>\nparam($a)\n$a', true, '# of two\n<# words\n#>\nparam($a)\n$a'],
  ['[CmdletBinding()]\nparam()', true, '[CmdletBinding()]\nparam()'],
  ['using namespace System.IO\n[File]::Open("a")', true, 'using namespace System.IO\n[File]::Open("a")'],
])('%j in PowerShell, strict: %s', async (code, errexit, file) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'pwsh'), standIn);
  await chmod(join(folder, 'pwsh'), 0o755);
  const rig = await ExecutorRig.create({ env: { PATH: `${folder}:${process.env.PATH}`, HOME: folder } });
  const { stdout } = await rig.run('powershell', code, { errexit });
  await rig.close();
  expect(stdout.trimEnd()).toBe(file.trimEnd());
});
