import { expect, test } from 'vitest';
import { findCmdlet } from '../../../src/languages/commands/find-cmdlet.ts';

/** What is destroyed, else changed, as it stands in the script. */
function found(script: string): string | undefined {
  for (const effect of ['destroys', 'changes'] as const) {
    const place = findCmdlet(script, effect);
    if (place !== undefined) return `${effect} ${script.slice(place.start, place.end)}`;
  }
  return undefined;
}

test.each([
  ['Get-Service -Name Spooler', undefined],
  ['Get-ChildItem | Where-Object { $_.Length -gt 1 } | Format-Table', undefined],
  ['Write-Host "Remove-Item x"', undefined],
  ['# Remove-Item x', undefined],
  ['Set-Location C:\\x', undefined],
  ['New-Object System.Net.WebClient', undefined],
  ['Start-Sleep 5', undefined],
  ['Restart-Service Spooler', 'changes Restart-Service'],
  ['Get-Service Spooler | Stop-Service -Force', 'changes Stop-Service'],
  ['$x = New-AzVM -Name a', 'changes New-AzVM'],
  ['Restart-Computer', 'changes Restart-Computer'],
  ['Get-Item x\nRemove-Item -Recurse -Force x', 'destroys Remove-Item'],
  ['foreach ($x in $y) { Remove-AzResourceGroup -Name $x }', 'destroys Remove-AzResourceGroup'],
  ['Format-Volume -DriveLetter D', 'destroys Format-Volume'],
  ['Clear-RecycleBin', 'destroys Clear-RecycleBin'],
])('%s: %s', (script, effect) => {
  expect(found(script)).toBe(effect);
});
