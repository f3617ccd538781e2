// Owns what is known of the commands of disks, volumes and clusters of storage, as data.
import type { KnownProgram } from '../known-program.ts';

export const storagePrograms: readonly KnownProgram[] = [
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
    name: 'umount swapon swapoff kpartx partx multipath dmsetup targetcli mount.nfs fstrim e4defrag',
    looks: '$, --show|-s|-l|-ll|-a|--list, ls|info|status|table|deps',
    changes: '*, -a|--all !-s, -F|-r|-w',
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
  {
    name: 'iscsiadm',
    values: '-m --mode -T --targetname -p --portal -o --op -n -v -I -t --type -P -r',
    looks: '-m|--mode',
    changes: '-l|--login|-u|--logout, -o=new|-o=update|-o=nonpersistent|--op=new|--op=update, -R|--rescan',
    destroys: '-o=delete|--op=delete',
  },
  {
    name: 'losetup',
    looks: '$, -a|--all|-l|--list|-j|--associated',
    changes: '*, -f|-d|-D|-c|--find|--detach',
  },
];
