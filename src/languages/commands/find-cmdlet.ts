// Owns the guess what a script in PowerShell does, by the verbs of the cmdlets that it calls.

/** Texts and comments, in which nothing is called. */
const hidden = /#[^\n]*|<#[\s\S]*?#>|'(?:[^']|'')*'|"(?:[^"`]|`[\s\S])*"/g;
const called = String.raw`(?:^|[|;{(=&]|\n)[ \t]*`;
const destroying = new RegExp(
  `${called}((?:Remove|Clear|Format|Uninstall|Reset)-(?!Variable|History|Host\\b|Job|Table|List|Wide|Custom|Hex|PSSession)[A-Za-z]\\w*)`,
  'gi',
);
const changing = new RegExp(
  `${called}((?:Add|New|Set|Start|Stop|Restart|Suspend|Resume|Enable|Disable|Install|Update|Move|Rename|Copy|Grant|Revoke|Register|Unregister|Restore|Save|Publish|Deploy|Push|Mount|Dismount|Initialize|Repair|Expand|Compress|Import|Export|Out)-(?!Location|Variable|Object|StrictMode|PSDebug|Sleep|Null|Host|String|Module|TimeSpan|Guid|PSSession|Job|Alias|ChildItem|Default|GridView|Csv|Clixml)[A-Za-z]\\w*)`,
  'gi',
);

/** Where the first cmdlet is called that is known to have the effect, in UTF-16 offsets; undefined without one. */
export function findCmdlet(
  script: string,
  effect: 'changes' | 'destroys',
): { readonly start: number; readonly end: number } | undefined {
  const visible = script.replace(hidden, (text) => text.replace(/[^\n]/g, ' '));
  const patterns = effect === 'destroys' ? [destroying] : [destroying, changing];
  const places = patterns.flatMap((pattern) => {
    const [found] = visible.matchAll(pattern);
    if (found === undefined) return [];
    const end = found.index + found[0].length;
    return [{ start: end - (found[1] ?? '').length, end }];
  });
  return places.sort((one, other) => one.start - other.start)[0];
}
