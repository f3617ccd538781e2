// Owns what is known of the commands of a system: services, users, kernel and power, as data.
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
  { name: 'date', changes: '-s|--set' },
  { name: 'hostname domainname', looks: '$', changes: '*, -F|--file|-b' },
  { name: 'logrotate', values: '-s --state -l --log', looks: '-d|--debug', changes: '*' },
  {
    name: 'fio stress stress-ng sysbench memtester iozone bonnie++ wrk hey ab siege vegeta locust iperf iperf3',
    looks: '--cmdhelp|--enghelp|--parse-only|--readonly',
    changes: '...',
  },
  { name: 'gdb', looks: '--version', changes: '-p|--pid, * *', wantsTerminal: '... !-batch|--batch !<' },
  { name: 'getenforce sestatus getsebool aa-status ausearch klist', looks: '...' },
  { name: 'kinit kdestroy', prepares: '...' },
  {
    name: 'busctl',
    looks: 'list|status|tree|introspect|get-property|monitor, $',
    changes: 'call|set-property|emit',
    neverEnds: 'monitor|capture',
  },
  {
    name: 'authselect',
    looks: 'current|list|check|show',
    changes: 'select|enable-feature|disable-feature|apply-changes|opt-out',
  },
  {
    name: 'tuned-adm',
    looks: 'active|list|recommend|verify|profile_info',
    changes: 'profile|off|auto_profile',
  },
  { name: 'sss_cache grub-set-default grub2-set-default grub-reboot grub2-reboot', changes: '...' },
  {
    name: 'auditctl',
    looks: '-l|-s',
    changes: '-a|-A|-w|-W|-d|-e|-f|-b|-r|-R',
    destroys: '-D',
  },
  {
    name: 'cloud-init',
    looks: 'status|query|analyze|schema|--version',
    changes: 'init|modules|single',
    destroys: 'clean',
  },
];
