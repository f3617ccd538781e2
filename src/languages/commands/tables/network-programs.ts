// Owns what is known of the commands of networks, firewalls, names and web servers, as data.
import type { KnownProgram } from '../known-program.ts';

export const networkPrograms: readonly KnownProgram[] = [
  {
    name: 'ip',
    hasLongOptions: true,
    values: '-n -netns',
    looks: '$, a|addr|address|link|l|r|route|rule|neigh|n|netns|maddr|tunnel|xfrm, * show|list|ls|get|s',
    changes: '* add|set|replace|change|append|up|a|chg|exec|attach|save|restore|del|delete',
    destroys: '* flush',
    neverEnds: 'monitor|mon',
    launches: [{ gives: 'command', behind: 'netns exec *' }],
  },
  {
    name: 'ifconfig route iwconfig brctl ovs-vsctl ovs-ofctl vconfig ethtool tc bridge nmcli ifenslave netplan wg wg-quick dhclient arp ipset conntrack ipvsadm teamdctl dhcpcd',
    looks:
      '$, show|list|list-*|status|get|dump-*|find|info, * show|list|status|state, * $ !-r|-d|-F|-A|-D|-X|-C|-c|-K|-s|-x, -n|-L|-S|-a|-i|-l|--list, connection|con|c|device|dev|d|general|g|radio show|status|list',
    changes:
      'add*|del*|set*|try|apply|up|down|generate|flush|create|destroy|save|restore|add-port|del-port|syncconf|reload|rebind|enable|disable, connection|con|c|device|dev|d|general|g|radio|networking up|down|add|modify|mod|delete|reload|set|connect|disconnect|on|off|import|edit|clone, * up|down|add|netmask|mtu|replace|change|change|del, -A|-D|-F|-X|-C|-K|-G|-d|-s|-r *, -r, eth*|ens*|bond*|em*|en* $ --up',
    destroys: 'del-br|destroy|flush, -F|-C $, connection|con|c delete|del',
  },
  {
    name: 'iptables ip6tables iptables-legacy ip6tables-legacy ebtables arptables',
    values: '-t --table -p -s -d -j -m -i -o --dport --sport -w',
    looks: '..., -L|--list|-S|--list-rules|-C|--check',
    changes: '-A|-I|-R|-N|-P|-E|-Z|-D|--append|--insert|--replace|--new-chain|--policy|--zero|--delete',
    destroys: '-F|-X|--flush|--delete-chain',
  },
  { name: 'iptables-save ip6tables-save', looks: '...', changes: '-f|--file' },
  { name: 'iptables-restore ip6tables-restore netfilter-persistent', changes: '...', spares: '-t|--test' },
  {
    name: 'nft',
    values: '-f --file',
    looks: 'list|monitor|describe, -c',
    changes: 'add|insert|replace|create|rename|reset|import|delete, -f|--file, delete rule|element',
    destroys: 'flush|destroy, delete table|chain|set|map',
    spares: '-c|--check',
  },
  {
    name: 'ufw',
    looks: 'status|version|show|app',
    changes:
      'allow|deny|reject|limit|enable|disable|reload|default|logging|insert|route|prepend|delete, app update',
    destroys: 'reset',
    spares: '--dry-run',
  },
  {
    name: 'firewall-cmd',
    looks: '--state|--list-*|--get-*|--query-*|--info-*',
    changes:
      '--add-*|--reload|--complete-reload|--set-*|--runtime-to-permanent|--new-*|--change-*|--panic-on|--panic-off|--remove-*',
    destroys: '--delete-*',
  },
  {
    name: 'fail2ban-client',
    looks: 'status|ping|version|get|banned|-t, -t|-d',
    changes: 'set|reload|restart|start|stop|unban|add',
  },
  {
    name: 'ping ping6 fping',
    values: '-c -w -W -i -I -s -t -Q -M -p',
    looks: '... -c|-w, -v',
    neverEnds: '* !-c|-w|-C',
  },
  {
    name: 'ss netstat dig nslookup host traceroute tracepath traceroute6 whois arping nmap getent ipcalc rpcinfo showmount speedtest drill delv kdig snmpwalk snmpget curlie',
    looks: '...',
  },
  { name: 'nslookup', opensSession: '$ !<' },
  {
    name: 'mtr',
    looks: '-r|--report|-c|--report-cycles',
    wantsTerminal: '... !-r|--report|-w|--report-wide|-c|-rw|-rwc',
  },
  {
    name: 'tcpdump tshark ngrep',
    values: '-i -c -w -s -r -f -Y -G -W -a',
    looks: '... -c|-r, -D',
    changes: '-w !-w=-',
    neverEnds: '... !-c|-r|-D|-G|-a',
  },
  {
    name: 'nc ncat netcat socat telnet',
    values: '-w -p -s -X',
    looks: '-z|-vz|-zv ..., ... -w',
    changes: '-e',
    neverEnds: '-l|--listen',
    opensSession: '* !-z|-l|-zv|-vz !<',
    reads: 'words',
  },
  { name: 'ss', changes: '-K|--kill' },
  { name: 'arping', changes: '-U|-A|-P' },
  { name: 'ifup ifdown', changes: '...' },
  {
    name: 'pfctl',
    values: '-f -F -s -t -T -a',
    looks: '-s',
    changes: '-f|-e|-E|-d|-T|-k|-K',
    destroys: '-F',
  },
  {
    name: 'tailscale wg-easy zerotier-cli netbird',
    looks: 'status|ip|netcheck|ping|version|whois|info|listnetworks|peers',
    prepares: 'login|logout',
    changes: 'up|down|set|join|leave|switch|serve|funnel|lock',
  },
  {
    name: 'swanctl',
    hasLongOptions: true,
    looks: '--list-*|--stats|--version|--log|-l|-L',
    changes:
      '--load-*|--initiate|--terminate|--install|--uninstall|--rekey|--redirect|--flush-*|--reload-settings|-q|-i|-t',
  },
  {
    name: 'asterisk fs_cli rasterisk',
    hasLongOptions: true,
    values: '-rx -x -H -P -p',
    launches: [{ gives: 'words', inOption: '-rx -x' }],
    opensSession: '-r !<, $ !-x|-rx !<',
  },
  {
    name: 'sendmail mail mailx mutt swaks msmtp logger wall mosquitto_pub zabbix_sender',
    changes: '..., * <',
  },
  { name: 'nsupdate snmpset snmpbulkset', changes: '...' },
  {
    name: 'ipmitool',
    values: '-H -U -P -I -f -L',
    looks: '... status|list|print|info|elist|get|sensor, sdr|sel|fru|sensor',
    changes: '... on|off|cycle|reset|soft|set|activate|bootdev|diag',
    destroys: 'sel clear',
    opensSession: 'sol activate !<',
  },
  {
    name: 'rndc',
    values: '-s -p -k -c',
    looks: 'status|zonestatus|recursing|stats|signing',
    changes:
      'reload|reconfig|freeze|thaw|sync|notify|retransfer|refresh|querylog|trace|notrace|stop|halt|addzone|modzone|dumpdb|loadkeys|sign',
    destroys: 'flush|flushname|flushtree|delzone',
  },
  {
    name: 'pdnsutil pdns_control knotc unbound-control named-checkconf named-checkzone nsd-control',
    looks:
      'list-*|show-*|check-*|status|zone-status|zone-read|zone-check|stats*|dump_*|list_*|lookup, -z|-p, *, $',
    changes:
      'add-*|create-*|secure-*|set-*|replace-*|edit-*|rectify-*|increase-*|reload|zone-*|conf-*|flush*|reconfig|retrieve|notify|purge|load-*|start|stop|local_*|forward_*',
    destroys: 'delete-*|disable-dnssec|zone-purge|clear-zone',
  },
  {
    name: 'nginx openresty tengine',
    values: '-c -g -p -e',
    looks: '-t|-T|-v|-V|-h',
    changes: '-s, $',
  },
  {
    name: 'apachectl apache2ctl httpd apache2',
    values: '-f -D -d -k',
    looks: '-t|-v|-V|-S|-M|-l|-L, configtest|status|fullstatus',
    changes: 'start|stop|restart|graceful|graceful-stop, -k',
  },
  { name: 'haproxy', values: '-f -p -L', looks: '-c|-v|-vv', changes: '-sf|-st|-D' },
  {
    name: 'varnishadm caddy traefik',
    values: '-T -S --config --adapter',
    looks:
      'status|ping|backend.list|vcl.list|vcl.show|param.show|ban.list|validate|version|adapt|list-modules|healthcheck',
    changes: 'backend.set_health|vcl.use|vcl.load|param.set|ban|start|stop|reload|trust|upgrade|fmt',
    destroys: 'vcl.discard',
    neverEnds: 'run',
    opensSession: '$ !<',
  },
  { name: 'a2ensite a2dissite a2enmod a2dismod a2enconf a2disconf', changes: '*' },
  { name: 'squid', values: '-f', looks: '-v, -k=check, -k=parse', changes: '-k=*' },
  {
    name: 'postfix',
    looks: 'status|check',
    changes: 'start|stop|reload|flush|abort|set-permissions|upgrade-configuration',
  },
  {
    name: 'postqueue mailq exim exim4',
    looks: '-p|-j|-bp|-bpc|-bt|-bV, $',
    changes: '-f|-i|-s|-M|-qff|-q',
    destroys: '-Mrm',
  },
  { name: 'postsuper', changes: '-r|-h|-H|-s|-p', destroys: '-d' },
  { name: 'postconf', looks: '..., -n|-d|-m', changes: '-e|-X|-M' },
  { name: 'newaliases postmap postalias', changes: '..., *', looks: '-q|-s' },
  {
    name: 'doveadm',
    values: '-u -S',
    looks: 'who|search|fetch|user|config|log|stats|quota|mailbox, auth test, mailbox list|status, quota get',
    changes:
      'kick|reload|stop|move|copy|import|index|purge|sync|backup|altmove|flags, mailbox create|rename|subscribe|unsubscribe, quota recalc',
    destroys: 'expunge, mailbox delete',
  },
];
