// Owns what is known of the commands of networks, firewalls, names and web servers, as data.
import type { KnownProgram } from '../known-program.ts';

export const networkPrograms: readonly KnownProgram[] = [
  {
    name: 'ip',
    hasLongOptions: true,
    values: '-n -netns',
    looks: '$, a|addr|address|link|l|r|route|rule|neigh|n|netns|maddr|tunnel|xfrm, * show|list|ls|get|s',
    changes: '* add|set|replace|change|append|up|a|chg|exec|attach|save|restore',
    destroys: '* del|delete|flush',
    neverEnds: 'monitor|mon',
    launches: [{ gives: 'command', behind: 'netns exec *' }],
  },
  {
    name: 'ifconfig route iwconfig brctl ovs-vsctl ovs-ofctl vconfig ethtool tc bridge nmcli ifup ifdown ifenslave netplan wg wg-quick dhclient arp ipset conntrack ipvsadm teamdctl dhcpcd',
    looks:
      '$, show|list|list-*|status|get|dump-*|find|info, * show|list|status|state, * $ !-r|-d|-F|-A|-D|-X|-C|-c|-K|-s|-x, -n|-L|-S|-a|-i|-l|--list, connection|con|c|device|dev|d|general|g|radio show|status|list',
    changes:
      'add*|del*|set*|try|apply|up|down|generate|flush|create|destroy|save|restore|add-port|del-port|syncconf|reload|rebind|enable|disable, connection|con|c|device|dev|d|general|g|radio|networking up|down|add|modify|mod|delete|reload|set|connect|disconnect|on|off|import|edit|clone, * up|down|add|netmask|mtu|replace|change|change|del, -A|-D|-F|-X|-C|-K|-G|-d|-s|-r *, -r, eth*|ens*|bond*|em*|en* $ --up',
    destroys: 'del-br|destroy|flush, -F|-C $, connection|con|c delete|del',
  },
  {
    name: 'iptables ip6tables iptables-legacy ip6tables-legacy',
    values: '-t --table -p -s -d -j -m -i -o --dport --sport -w',
    looks: '..., -L|--list|-S|--list-rules|-C|--check',
    changes: '-A|-I|-R|-N|-P|-E|-Z|--append|--insert|--replace|--new-chain|--policy|--zero',
    destroys: '-D|-F|-X|--delete|--flush|--delete-chain',
  },
  { name: 'iptables-save ip6tables-save', looks: '...', changes: '-f|--file' },
  { name: 'iptables-restore ip6tables-restore netfilter-persistent', changes: '...', spares: '-t|--test' },
  {
    name: 'nft',
    values: '-f --file',
    looks: 'list|monitor|describe, -c',
    changes: 'add|insert|replace|create|rename|reset|import, -f|--file',
    destroys: 'delete|flush|destroy',
    spares: '-c|--check',
  },
  {
    name: 'ufw',
    looks: 'status|version|show|app',
    changes: 'allow|deny|reject|limit|enable|disable|reload|default|logging|insert|route|prepend, app update',
    destroys: 'delete|reset',
    spares: '--dry-run',
  },
  {
    name: 'firewall-cmd',
    looks: '--state|--list-*|--get-*|--query-*|--info-*',
    changes:
      '--add-*|--reload|--complete-reload|--set-*|--runtime-to-permanent|--new-*|--change-*|--panic-on|--panic-off',
    destroys: '--remove-*|--delete-*',
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
  },
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
    name: 'nginx apachectl apache2ctl httpd haproxy varnishadm caddy traefik a2ensite a2dissite a2enmod a2dismod a2enconf a2disconf squid postfix postqueue postsuper postconf exim doveadm newaliases mailq postmap',
    values: '-c -f -g -h -u',
    looks:
      '-t|-T|-v|-V|-c|-S|-vv|-n, configtest|status|fullstatus|check|validate|version|adapt|who|search|backend.list|vcl.list|param.show, -p|-j|-bp|-k=check, $',
    changes:
      '-s|-k, start|stop|restart|reload|graceful|graceful-stop|flush|backend.set_health|vcl.use|vcl.load|param.set|ban, -e, -f|-F|-r|-h|-H|-i, run, *',
    destroys: '-d, expunge|purge',
  },
];
