// Owns what is known of the commands of files and texts, as data.
import type { KnownProgram } from '../known-program.ts';

export const filePrograms: readonly KnownProgram[] = [
  {
    name:
      'cat zcat head grep egrep fgrep zgrep rg ag ls dir tree stat file wc du df cut tr uniq comm diff cmp sdiff colordiff nl ' +
      'md5sum sha1sum sha256sum sha512sum cksum b2sum base64 hexdump xxd od strings readlink realpath basename dirname pwd echo printf true false test [ [[ : ' +
      'expr seq date cal uptime uname arch nproc whoami id groups who w last lastlog which whereis type hash printenv locale tty jq jid column paste join fold fmt rev ' +
      'tac numfmt envsubst getent lsattr getfacl namei lsof pidof pgrep ps free vmstat iostat mpstat sar bc dc factor look getconf ldd nm objdump readelf locate cloc',
    looks: '...',
  },
  {
    name: 'tail',
    values: '-n --lines -c --bytes -s --pid',
    looks: '...',
    neverEnds: '-f|-F|--follow !--pid',
  },
  { name: 'less more most pg man info', looks: '... <, ...', wantsTerminal: '* !<, $ <' },
  { name: 'rm rmdir unlink srm', looks: '$', changes: '*', destroys: '-r|-R|--recursive *' },
  {
    name: 'mv cp install ln mkdir touch mkfifo mknod chmod chown chgrp chattr setfacl rename dos2unix unix2dos split csplit patch',
    changes: '*',
    looks: '$',
    spares: '--dry-run',
  },
  { name: 'cp mv', destroys: '... /dev/sd*|/dev/nvme*|/dev/vd*|/dev/mapper/*' },
  { name: 'chmod chown', destroys: '-R|--recursive ... /' },
  { name: 'mktemp', prepares: '...' },
  {
    name: 'cd pushd popd export set unset source . alias unalias shopt umask ulimit readonly local declare typeset return exit break continue shift read wait jobs fg bg hash let getopts',
    prepares: '...',
  },
  { name: 'truncate', changes: '*', destroys: '-s=0|--size=0 *', values: '-s --size -r' },
  { name: 'shred wipe scrub', destroys: '*' },
  {
    name: 'dd',
    looks: '...',
    changes: '... of=*',
    destroys: '... of=/dev/*',
    spares: '... of=/dev/null|of=/dev/stdout',
  },
  { name: 'tee', changes: '*', looks: '$, /dev/null|/dev/stderr|/dev/stdout|/dev/tty' },
  { name: 'sponge fallocate htpasswd', changes: '*' },
  {
    name: 'sed gsed',
    values: '-e -f --expression --file',
    looks: '...',
    changes: '-i|--in-place|-i*',
  },
  {
    name: 'awk gawk mawk nawk',
    values: '-F -v -f -i',
    looks: '...',
    changes: '-i=inplace, ... *system(*, ... *print*>*"*',
  },
  {
    name: 'yq xmlstarlet crudini',
    looks: '..., --get',
    changes: '-i|--inplace|--in-place, -L|--inplace, --set, --del',
  },
  { name: 'sort', values: '-k -t -o --output', looks: '...', changes: '-o|--output' },
  {
    name: 'find fd',
    hasLongOptions: true,
    looks: '...',
    changes: '-fprint|-fprintf|-fls',
    destroys: '-delete',
    launches: [{ gives: 'command', inOption: '-exec -execdir -ok -okdir' }],
  },
  {
    name: 'rsync',
    values:
      '-e --rsh --exclude --include --port --timeout --bwlimit --log-file --rsync-path --password-file --exclude-from --files-from',
    changes: '* *',
    looks: '*',
    destroys:
      '--delete|--delete-after|--delete-before|--delete-excluded|--delete-during|--remove-source-files',
    spares: '-n|--dry-run, --list-only',
  },
  { name: 'scp pscp', values: '-P -i -o -F -c -J -l', changes: '* *' },
  {
    name: 'sftp ftp lftp',
    values: '-P -i -o -b -e -c -f',
    changes: '-b|-e|-c|-f',
    opensSession: '... !-b|-e|-c|-f !<',
  },
  {
    name: 'tar bsdtar gtar',
    looks: '-t|--list',
    changes:
      '-c|-x|-r|-u|-A|--create|--extract|--get|--append|--update, c*|x*|-*, xf|xzf|cf|czf|xvf|cvf|xvzf|cvzf|xzvf|zxvf|czvf|zxf|xJf|xvJf|xjf|xvjf',
    spares: 't|tf|tvf|tzf|tzvf|tvzf|ztvf|tjf',
  },
  {
    name: 'zip gzip bzip2 xz zstd gunzip bunzip2 unxz unzip unar 7z unzstd lz4 rar unrar pigz',
    looks: '..., -l|-t|-c|--list|--test|--stdout|-Z|-p|-v',
    changes: '* !-l|-t|-c|--list|--test|--stdout|-dc|-Z|-p|-v',
  },
  { name: 'cpio', looks: '-t|--list, -o', changes: '-i|-p' },
  {
    name: 'vi vim nvim nano emacs pico joe micro mcedit mc ed ex',
    looks: '--version',
    changes: '-s|-c, -es',
    wantsTerminal: '... !-es !--batch !<',
  },
  {
    name: 'visudo vipw vigr sudoedit',
    looks: '-c|--check',
    wantsTerminal: '... !-c|--check',
    changes: '... !-c|--check',
  },
  {
    name: 'top htop atop iotop iftop nethogs glances btop nmon ncdu bmon',
    looks: '-b|--batch|-o, ...',
    wantsTerminal: '... !-b|--batch|--once|-t !<',
  },
  {
    name: 'screen tmux byobu',
    values: '-S -s -t -n -c',
    looks: 'ls|list-sessions, -ls|-list',
    changes: 'kill-session|kill-server|send-keys, -X, new-session|new -d, -dmS|-d',
    wantsTerminal: '$ !-ls|-list|-d|-dmS|-dm|-X, attach|a|attach-session, new-session|new !-d, -r|-x|-R !-d',
    opensSession:
      '$ !-ls|-list|-d|-dmS|-dm|-X !<, new-session|new $ !-d !<, attach|a|attach-session !<, -r|-x|-R !-d',
  },
  { name: 'yes', neverEnds: '...' },
  {
    name: 'curl',
    values:
      '-X --request -d --data --data-binary --data-raw --data-urlencode --json -H --header -o --output -u --user -F --form -T --upload-file -w --write-out -m --max-time --connect-timeout -A -b -c -e --cacert --cert --key --resolve --retry -x --proxy --retry-delay -E -K --config --interface --unix-socket -Y -y',
    looks: '...',
    changes:
      '-X=POST|-X=PUT|-X=PATCH|--request=POST|--request=PUT|--request=PATCH, -d|--data|--data-binary|--data-raw|--data-urlencode|--json|-F|--form !-G|--get !-X=GET|--request=GET, -T|--upload-file, -o|--output !-o=/dev/null|--output=/dev/null|-o=-|--output=-, -O|--remote-name|--remote-name-all',
    destroys: '-X=DELETE|--request=DELETE',
    spares:
      '... */_search|*/_search?*|*/_count|*/_count?*|*/_msearch|*/_validate/query|*/api/v1/query*|*/graphql|*/_analyze|*/_cluster/allocation/explain*|*/_cluster/allocation/explain|*/loki/api/v1/query* !-X=DELETE|-X=PUT|--request=DELETE|--request=PUT',
  },
  {
    name: 'http https xh',
    values: '-a --auth --session',
    looks: '*, GET|get|HEAD|OPTIONS *',
    changes: 'POST|PUT|PATCH|post|put|patch',
    destroys: 'DELETE|delete',
  },
  {
    name: 'wget',
    values:
      '-O --output-document -P -o --header --post-data --method --body-data -t -T --timeout --user --password',
    looks: '-O=-|--output-document=-|-O=/dev/null|--output-document=/dev/null, --spider, -qO-|-qO=-|-O-',
    changes: '*, --post-data|--post-file, --method=POST|--method=PUT',
    destroys: '--method=DELETE',
  },
  { name: 'aria2c', changes: '*' },
  {
    name: 'python python2 python3 node irb ruby php lua ghci scala julia R bpython ipython pry',
    values: '-c -m -e -W -X',
    looks: '--version|-V|-v $, -m=json.tool',
    opensSession: '$ !-c|-m|-e|-V|--version|-v|-r|-h|--eval|-p|-i !<',
    neverEnds: '-m=http.server, -m=SimpleHTTPServer',
    changes: '-m=pip install|uninstall, -m=venv *',
    launches: [{ gives: 'script', inOption: '-c -e --eval -p --print -r' }],
    reads: 'script',
  },
  {
    name: 'python python2 python3',
    looks: '*manage.py showmigrations|check|sqlmigrate|diffsettings|inspectdb|dumpdata|help|version',
    changes:
      '*manage.py migrate|makemigrations|loaddata|createsuperuser|changepassword|collectstatic|createcachetable|*_index',
    destroys: '*manage.py flush|reset_db|clear_index|clearsessions',
    neverEnds: '*manage.py runserver',
    opensSession: '*manage.py shell|shell_plus|dbshell !-c|--command !<',
  },
  {
    name: 'manage.py django-admin',
    looks: 'showmigrations|check|sqlmigrate|diffsettings|inspectdb|dumpdata|help|version',
    changes:
      'migrate|makemigrations|loaddata|createsuperuser|changepassword|collectstatic|createcachetable|*_index',
    destroys: 'flush|reset_db|clear_index|clearsessions',
    neverEnds: 'runserver',
    opensSession: 'shell|shell_plus|dbshell !-c|--command !<',
  },
  {
    name: 'php',
    looks: '*artisan list|about|migrate:status|route:list|schedule:list|queue:monitor',
    changes: '*artisan migrate|up|down|tinker|*:*',
    destroys: '*artisan migrate:fresh|migrate:reset|migrate:refresh|db:wipe|queue:flush|queue:clear',
    neverEnds: '*artisan serve|queue:work|queue:listen|schedule:work|horizon',
  },
  { name: 'sleep', looks: '...', neverEnds: 'infinity' },
  {
    name: 'perl',
    values: '-e -E',
    looks: '--version|-v $',
    changes: '-i|-i*|-pi|-pie|-pi*',
    launches: [{ gives: 'script', inOption: '-e -E' }],
    reads: 'script',
  },
  { name: 'history', looks: '...', changes: '-c|-w|-a|-d' },
  { name: 'sync clear tput', prepares: '...' },
  {
    name: 'jcmd',
    looks: '$, * VM.*|Thread.*|Compiler.*|GC.heap_info|GC.class_*|help|PerfCounter.print, -l',
    changes: '* GC.run|GC.run_finalization|GC.heap_dump|VM.set_flag|VM.log|JFR.*|ManagementAgent.*',
  },
  { name: 'ntpq ntpstat jps jstack jstat jinfo jdeps', looks: '...' },
  { name: 'jmap', looks: '...', changes: '-dump*' },
];
