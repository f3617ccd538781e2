// Owns what is known of the commands of a system: services, users, kernel, storage, network and power, as data.
import type { KnownProgram } from '../known-program.ts';

export const systemPrograms: readonly KnownProgram[] = [
  {
    name: 'systemctl',
    values:
      '-t --type --state -p --property -n --lines -o --output -H --host -M --machine --signal -s --what --kill-whom',
    looks:
      '$, status|show|cat|is-active|is-enabled|is-failed|is-system-running|list-*|get-default|help|show-environment',
    changes:
      'start|stop|restart|reload|try-restart|reload-or-restart|try-reload-or-restart|enable|disable|reenable|mask|unmask|daemon-reload|daemon-reexec|reset-failed|kill|isolate|edit|revert|' +
      'set-default|set-property|link|preset|preset-all|reboot|poweroff|halt|kexec|suspend|hibernate|rescue|emergency|default|set-environment|import-environment|freeze|thaw|switch-root|add-wants|bind',
    destroys: 'clean',
    spares: '--dry-run',
    wantsTerminal: 'edit !--stdin !--drop-in',
  },
  {
    name: 'service rc-service',
    looks: '--status-all, * status',
    changes: '* start|stop|restart|reload|force-reload|condrestart|try-restart|* !--status-all',
  },
  { name: 'init.d', looks: 'status', changes: '*' },
  {
    name: 'rc-update chkconfig update-rc.d initctl sv s6-svc launchctl svcadm',
    looks: '$, show|list|status|print, --list',
    changes: '* *, add|del|start|stop|load|unload|bootstrap|bootout|kickstart|restart|up|down *',
  },
  {
    name: 'supervisorctl monit pm2 forever',
    values: '-c -n --name -i',
    looks: 'status|avail|summary|list|ls|l|show|describe|info|version|jlist|monit|report|pid',
    changes:
      'start|stop|restart|reload|update|reread|add|clear|signal|monitor|unmonitor|save|resurrect|scale|flush|startup|shutdown|validate|reset|gracefulReload',
    destroys: 'remove|delete|kill|stopall',
    neverEnds: 'tail -f, logs|log !--nostream, monit',
    opensSession: '$ !<',
  },
  {
    name: 'journalctl',
    values: '-u --unit -n --lines -S --since -U --until -p --priority -o --output -b -t -g --grep -D -k',
    looks: '...',
    changes: '--rotate|--flush|--sync|--relinquish-var',
    destroys: '--vacuum-time|--vacuum-size|--vacuum-files',
    neverEnds: '-f|--follow',
  },
  {
    name: 'dmesg',
    looks: '...',
    destroys: '-C|--clear|-c|--read-clear',
    neverEnds: '-w|-W|--follow|--follow-new',
  },
  {
    name: 'loginctl hostnamectl timedatectl localectl resolvectl networkctl machinectl systemd-resolve coredumpctl bootctl',
    looks:
      '$, status|show*|list*|query|statistics|info|cat|dns|domain|timesync-status|dump|* !--flush-caches',
    changes:
      'set-*|terminate-*|kill-*|enable*|disable*|flush-caches|reset-*|revert|up|down|reload|reconfigure|start|poweroff|reboot|clone|rename|update|install|activate|attach, --flush-caches',
    destroys: 'remove',
    opensSession: 'shell|login !<',
  },
  { name: 'reboot shutdown halt poweroff init telinit pm-suspend kexec', looks: '-c', changes: '..., 0|6|1' },
  {
    name: 'kill killall pkill skill fuser',
    looks: '-l|-L|--list, -0, $',
    changes: '* !-l|-0, -9|-KILL|-s|-HUP|-TERM|-USR1 ... *',
    values: '-s --signal',
  },
  { name: 'fuser', looks: '*', changes: '-k|--kill' },
  { name: 'renice chrt', changes: '*' },
  {
    name: 'useradd adduser usermod groupadd addgroup groupmod gpasswd chpasswd passwd chage newusers chsh chfn pam-auth-update faillock pam_tally2',
    looks: '-S|--status|-l|--list, --user',
    changes: '* !-S|--status|-l|--list, ... <, --reset',
  },
  {
    name: 'userdel deluser groupdel delgroup',
    changes: '*',
    destroys: '-r|--remove|--remove-home|--remove-all-files *',
  },
  { name: 'crontab', values: '-u', looks: '-l', changes: '*, $ <', destroys: '-r', wantsTerminal: '-e' },
  { name: 'at batch atrm', looks: '-l', changes: '*' },
  { name: 'sysctl', looks: '*, -a|-n|--all', changes: '-w|--write|-p|--load|--system, *=*' },
  {
    name: 'modprobe rmmod insmod depmod update-initramfs dracut mkinitcpio update-grub grub-install grub-mkconfig grub2-mkconfig grub2-install grubby update-grub2',
    looks: '-n|--dry-run|--show-depends, --info|--default-kernel',
    changes: '..., *',
  },
  {
    name: 'efibootmgr',
    looks: '$, -v|--verbose',
    changes: '-b|--bootnum|-c|--create|-o|--bootorder|-n|--bootnext|-a|-A|-t|-L',
    destroys: '-B|--delete-bootnum|-O|-D',
  },
  {
    name: 'lsmod modinfo lscpu lsblk lspci lsusb lshw dmidecode findmnt smartctl sensors inxi lsns lsipc ipcs numactl nvidia-smi',
    looks: '...',
    changes: '--gpu-reset|-r|-pm|-t|--test|-s=on',
  },
  {
    name: 'setenforce setsebool semanage restorecon chcon aa-enforce aa-complain aa-disable update-ca-certificates update-ca-trust update-alternatives alternatives ldconfig locale-gen dpkg-reconfigure hwclock ntpdate chronyc debconf-set-selections',
    looks:
      '-l|--list, --display|--list|--query, tracking|sources|sourcestats|activity, -r|--show, fcontext|port|boolean -l, -p',
    changes: '* !-l|--list|--display|--query, $, makestep|burst|online|offline',
  },
  { name: 'getenforce sestatus getsebool aa-status ausearch klist', looks: '...' },
  { name: 'kinit kdestroy', prepares: '...' },
  // Storage.
  {
    name: 'mkfs mke2fs mkswap wipefs blkdiscard pvremove vgremove lvremove',
    destroys: '*',
    looks: '$',
    spares: '-n|--no-act',
  },
  {
    name: 'fdisk sfdisk cfdisk gdisk sgdisk parted partprobe growpart',
    looks: '-l|--list, print, ... print, -p|--print, -d|--dump, -v',
    changes: '* !-l|--list|-p|-d|--dump|-v, $',
    destroys: '-Z|--zap|--zap-all|--delete|-o|-d *, ... mklabel|mktable|rm|mkpart, ... *mklabel*|*rm*',
    wantsTerminal: '* $ !-l|--list|-s|--script|-p|-d|-v|--dump|-n|-Z|-o !<',
  },
  { name: 'lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan blkid', looks: '...' },
  {
    name: 'lvcreate lvextend lvresize lvchange lvrename lvconvert vgcreate vgextend vgchange vgrename vgimport vgexport pvcreate pvresize pvmove resize2fs xfs_growfs tune2fs e2fsck fsck xfs_repair btrfstune e2label xfs_admin',
    changes: '*',
    looks: '-l, -n|-N',
    destroys: '--zap',
  },
  { name: 'vgreduce lvreduce', destroys: '*', spares: '-t|--test' },
  {
    name: 'zfs',
    values: '-o -t -r-depth -d -s -S',
    looks: 'list|get|diff|holds|version|userspace|groupspace',
    changes:
      'create|set|mount|unmount|umount|snapshot|snap|clone|rename|promote|hold|release|inherit|send|receive|recv|share|unshare|load-key|unload-key|change-key|upgrade|allow|unallow|bookmark',
    destroys: 'destroy|rollback, receive|recv -F',
    spares: 'destroy -n',
  },
  {
    name: 'zpool',
    values: '-o -O -R -d -T',
    looks: 'list|status|get|history|iostat|events|version',
    changes:
      'create|add|attach|replace|online|offline|scrub|trim|clear|import|export|set|upgrade|resilver|reguid|initialize|checkpoint|split|wait|reopen',
    destroys: 'destroy|detach|remove|labelclear, create -f, import -F',
    neverEnds: 'iostat * $',
  },
  {
    name: 'btrfs',
    looks:
      '* show|list|df|usage|status|stats, filesystem|subvolume|device|scrub|balance show|list|df|usage|status|stats|get-default',
    changes: 'filesystem|subvolume|device|scrub|balance|property|quota *, send|receive',
    destroys: 'subvolume|device delete|remove, check --repair, rescue',
  },
  {
    name: 'mdadm',
    hasLongOptions: true,
    values: '-n -l --level --raid-devices',
    looks: '--detail|-D|--examine|-E|--query|-Q, --detail --scan, --version',
    changes:
      '--create|-C|--assemble|-A|--add|-a|--grow|-G|--manage|--stop|-S|--fail|-f|--re-add|--replace|--build|--update, * --add|-a|--fail|-f',
    destroys: '--zero-superblock|--remove|-r, --create --force',
    neverEnds: '--monitor|-F',
  },
  {
    name: 'cryptsetup',
    looks: 'status|isLuks|luksDump|luksUUID|benchmark',
    changes:
      'open|luksOpen|close|luksClose|resize|luksAddKey|luksChangeKey|luksHeaderBackup|refresh|create|luksSuspend|luksResume',
    destroys: 'luksFormat|erase|luksErase|luksRemoveKey|luksKillSlot|luksHeaderRestore|reencrypt|luksDelKey',
  },
  { name: 'mount', looks: '$, -l, -t $', changes: '*, -a|--all' },
  {
    name: 'umount swapon swapoff losetup kpartx partx multipath iscsiadm dmsetup targetcli mount.nfs fstrim e4defrag',
    looks: '$, --show|-s|-l|-ll|-a|--list, ls|info|status|table|deps, -m=session $, -m=node $',
    changes: '*, -a|--all !-s, -F|-r|-w, -m=node -l|--login|-u|--logout|-o',
    destroys: 'remove_all|wipe_table',
  },
  {
    name: 'megacli storcli storcli64 perccli hpssacli ssacli nvme hdparm sdparm sg_format',
    looks: '... show|list|id-ctrl|smart-log|status|detail, * -I|-i|-t|-T|-C',
    changes: '... set|add|delete|start|stop|create|modify|insert',
    destroys: '... format|sanitize|erase|del|delete|clear, --security-erase|--security-erase-enhanced',
  },
  {
    name: 'ceph',
    looks:
      'status|health|df|-s|-w|-v|versions|report|quorum_status|features, -s|-v|--status|--health, * ls|list|dump|tree|df|stat|status|perf|find|get|getmap|detail|show|metadata|versions|info, osd pool ls|get|stats|autoscale-status, osd tree|df|blocked-by|perf|safe-to-destroy|ok-to-stop, auth ls|list|get|print-key, config get|dump|show|log, mgr services|dump, orch ls|ps|status|host|device|upgrade, orch host|device ls, orch upgrade status|check, crash ls|info, pg *, device ls',
    changes:
      '* set|unset|in|out|down|up|reweight|create|add|enable|disable|apply|restart|start|stop|redeploy|fail|deploy|scrub|deep-scrub|repair|daemon|host, osd pool set|create|rename|application|set-quota|unset, osd set|unset|in|out|down|crush|reweight|reweight-by-utilization|tier|require-osd-release|blacklist|blocklist, config set|rm|assimilate-conf, auth add|caps|get-or-create|import, mgr fail|module, orch apply|upgrade|daemon|restart|host, orch host add|drain|label|maintenance, tell, fs set|new|fail, mds fail|repaired, crash archive|archive-all, pg repair|scrub|deep-scrub|force-*, balancer *',
    destroys:
      'osd purge|destroy|rm|lost|purge-new|crush-remove, osd pool delete|rm|rmsnap, fs rm|reset, mon remove|rm, auth del|rm, orch rm, orch host|osd rm, osd crush remove|rm|unlink, pg * mark_unfound_lost, osd force-create-pg',
    neverEnds: '-w|--watch',
  },
  {
    name: 'rbd rados radosgw-admin ceph-volume cephadm ceph-bluestore-tool ceph-objectstore-tool',
    values: '-p --pool --uid --bucket --image',
    looks:
      'ls|list|info|du|df|status|diff|lspools|stat|showmapped|inventory|check-host|version|ps, * list|ls|info|stats|status|check|get, device list, lvm list',
    changes:
      'create|map|unmap|resize|snap|clone|flatten|cp|mv|import|put|set*|lock|mirror|bootstrap|deploy|adopt|pull, * create|modify|add|enable|disable|set|suspend|protect|unprotect|prepare|activate|batch|link|unlink|update|commit|promote|demote|reshard|sync, shell, repair',
    destroys:
      'rm|remove|purge|rmpool|rmsnap|zap|rm-cluster, * rm|remove|purge|rollback|zap|trash|delete, snap rm|purge|rollback, lvm zap, --op=remove',
    launches: [{ gives: 'command', behind: 'shell', isParted: true }],
  },
  {
    name: 'gluster drbdadm crm pcs crm_resource crm_node stonith_admin corosync-cfgtool drbdsetup linstor',
    looks:
      'status|pool|show|verify|dump|cstate|dstate|role|peer, * list|status|info|show|config|heal, volume heal * info, -1|-r|-l|-L|-W|-s, --status|--list',
    changes:
      'up|down|primary|secondary|connect|disconnect|adjust|attach|detach|resize|cluster|resource|node|property|constraint|configure|standby, * start|stop|create|move|set|cleanup|enable|disable|standby|unstandby|probe|restart|migrate|ban|clear|maintenance|online|refresh|failover|replace-brick|rebalance|add-brick|setup|auth|sync, -C|--cleanup|-M|-B',
    destroys:
      'create-md|wipe-md|invalidate|invalidate-remote, * delete|destroy|remove|detach|remove-brick|reset, stonith fence, --fence|--reboot|--off',
  },
  // Network.
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
