// Owns what is known of the commands of packages, builds and version control, as data.
import type { KnownProgram } from '../known-program.ts';

const packageLooks =
  'list|search|show|info|policy|depends|rdepends|check|check-update|updateinfo|provides|repolist|history|deplist|showpkg|' +
  'madison|list-updates|lu|pa|se|view|outdated|ls|freeze|audit|why|query|repoquery|whatprovides|changelog|config|fund|' +
  'doctor|explain|leaves|deps|uses|env|version|help|root|bin|prefix|verify|dump|showhold, mark showhold, $, config get|list, ' +
  'cache list|info|dir, services list|info';

const packageChanges =
  'install|upgrade|update|dist-upgrade|full-upgrade|localinstall|reinstall|downgrade|add|in|up|dup|patch|i|ci|link|unlink|' +
  'tap|untap|download|groupinstall|makecache|refresh|ref|hold|unhold|build-dep|mark|fix|enable|disable|module|' +
  'config-manager|publish|pack|pin|unpin|build|dedupe|init|versionlock|swap|distro-sync|autoupdate|sync|lock|fetch|global|' +
  'create|prune|rebuild|set|remove|purge|autoremove|uninstall|erase|del|delete|rm|un|clean|autoclean|cleanup|autopurge|' +
  'groupremove|require|wheel, services start|stop|restart|run|kill, config set|delete, cache clean|purge, ' +
  'config-manager --add-repo|--set-enabled|--set-disabled';

export const packagePrograms: readonly KnownProgram[] = [
  {
    name:
      'apt apt-get aptitude apt-mark yum dnf microdnf tdnf apk zypper brew pkg snap flatpak conda mamba port choco winget scoop ' +
      'pip pip2 pip3 pipx pipenv poetry uv npm pnpm yarn bun gem bundle bundler composer cargo',
    values:
      '-o -t --target-release -c --enablerepo --disablerepo --releasever --installroot -n -r -C --cwd --prefix --registry -g -w',
    looks: packageLooks,
    changes: packageChanges,
    destroys: 'unpublish|yank',
    spares: '-s|--simulate|--just-print|--dry-run|--no-act|--recon|--assumeno|--download-only',
    opensSession: 'shell $ !<',
    launches: [
      { gives: 'command', behind: 'exec' },
      { gives: 'command', behind: 'run', isParted: true },
      { gives: 'command', behind: 'run' },
      { gives: 'command', behind: 'dlx' },
    ],
  },
  { name: 'npm', changes: 'dist-tag add|rm, access, owner' },
  { name: 'npx pnpx bunx uvx', launches: [{ gives: 'command' }] },
  {
    name: 'go',
    looks: 'version|env|list|vet|doc, mod graph|why|verify',
    changes: 'install|get|build|generate|clean|mod|work',
  },
  { name: 'apt-cache apt-file dpkg-query repoquery rpmquery apt-config deborphan', looks: '...' },
  {
    name: 'dpkg',
    looks:
      '-l|--list|-L|--listfiles|-s|--status|-S|--search|-p|--print-avail|--print-architecture|--audit|-C|--get-selections|-I|--info|-c|--contents|--verify|-V|--compare-versions',
    changes: '-i|--install|-r|--remove|-P|--purge|--configure|--unpack|--set-selections|--add-architecture',
  },
  {
    name: 'rpm',
    looks: '-q|--query|-V|--verify|-K|--checksig|--eval|--showrc',
    changes: '-i|-U|-F|-e|--install|--upgrade|--freshen|--erase|--import|--rebuilddb !-q|--query',
  },
  {
    name: 'pacman yay paru',
    looks: '-Q|-Qi|-Qs|-Ql|-Ss|-Si|-F|-T|--query, -S -s|-i|-l|-g',
    changes: '-U|-R|-D|--remove|--upgrade, -S !-s|-i|-l|-g',
  },
  {
    name: 'add-apt-repository apt-key rpmkeys yum-config-manager subscription-manager unattended-upgrade unattended-upgrades do-release-upgrade emerge nix-env',
    looks: 'list|status|identity|repos, -q|--query, -c|--check, -p|--pretend',
    changes: '..., *',
    spares: '--dry-run, -p|--pretend',
  },
  {
    name: 'make gmake ninja',
    looks: 'help|version|-v',
    changes: 'install|uninstall|clean|distclean|deploy|undeploy',
    spares: '-n|--dry-run|--just-print',
  },
  {
    name: 'mvn gradle gradlew ant sbt',
    looks: '-v|--version, tasks|dependencies|properties, dependency:tree',
    changes: 'install|deploy|clean|package|publish|release:*',
  },
  {
    name: 'git',
    values:
      '-C -c -m --message --git-dir --work-tree -b -B --branch --depth --since --until --author -u -F --file -o -X --format --pretty',
    looks:
      'status|log|diff|show|blame|ls-files|ls-remote|ls-tree|rev-parse|rev-list|describe|shortlog|grep|cat-file|reflog|version|help|count-objects|fsck|' +
      'name-rev|merge-base|whatchanged|cherry|range-diff|for-each-ref|show-ref|symbolic-ref|var|check-ignore|verify-commit|verify-tag, ' +
      'branch $, branch -a|-r|-v|--list|--show-current|--contains|-vv|--merged|--no-merged, tag $, tag -l|--list|-n, remote $, ' +
      'remote -v, remote show|get-url, config -l|--list|--get|--get-all, config get|list, config * $, stash list|show, worktree list, ' +
      'submodule status, submodule $, notes show|list, bisect log, lfs ls-files|status|env',
    changes:
      'push|reset|clean|rebase|merge|commit|pull|fetch|clone|checkout|switch|restore|add|rm|mv|stash|tag|branch|remote|config|init|revert|' +
      'cherry-pick|am|apply|submodule|worktree|gc|prune|bisect|notes|lfs|archive|bundle|update-index|update-ref|maintenance|repack|sparse-checkout|format-patch|subtree',
    destroys:
      'push -f|--force|--force-with-lease|--mirror|--delete|-d|--prune, push * +*, push * :*, reset --hard|--merge, clean -f|--force, ' +
      'branch -D, branch -d|--delete --force, stash drop|clear, checkout -f|--force, reflog expire|delete, filter-branch|filter-repo, ' +
      'update-ref -d, gc --prune=now, worktree remove --force, tag -d|--delete, checkout .',
    spares: '-n|--dry-run',
    wantsTerminal:
      'rebase -i|--interactive, add -p|-i|--patch|--interactive, commit !-m|--message|-F|--file|--no-edit|-C|--fixup|--dry-run',
  },
  { name: 'git-filter-repo bfg', destroys: '...', spares: '--dry-run|--analyze' },
  {
    name: 'gh glab hub',
    values:
      '-R --repo -t --title -b --body -f -F --field --raw-field -X --method -q --jq --json -H --template -L -l -B',
    looks:
      '* list|view|status|diff|checks|watch|download, status|search|browse, auth status|token, api, api -X=GET|--method=GET',
    prepares: 'auth login|logout|switch|setup-git|refresh',
    changes:
      '* create|edit|merge|close|reopen|comment|review|set|run|rerun|cancel|enable|disable|upload|ready|checkout|clone|fork|sync|transfer|approve|retry|trigger|rename|pin|lock, ' +
      'api -f|-F|--field|--raw-field|--input, api -X=POST|-X=PUT|-X=PATCH|--method=POST|--method=PUT|--method=PATCH, workflow run',
    destroys: '* delete|remove|archive, api -X=DELETE|--method=DELETE',
  },
  {
    name: 'svn hg',
    looks: 'status|log|diff|info|cat|ls|list|blame|stat|st|annotate|heads|id|summary',
    changes:
      'commit|ci|update|up|checkout|co|add|rm|delete|revert|merge|switch|copy|cp|push|pull|clone|import|export|cleanup|tag|branch',
    destroys: 'strip|rollback',
  },
  {
    name: 'jenkins-cli drone tkn fastlane',
    looks: '* list|ls|info|describe|logs',
    changes: '* start|run|promote|create|update|enable|disable|stop|cancel',
    destroys: '* delete|rm',
  },
];
