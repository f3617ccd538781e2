// Owns what is known of the commands of containers and machines, as data.
import type { KnownProgram } from '../known-program.ts';

const composeVerbs = {
  looks: 'ps|logs|top|config|images|port|ls|version|events|stats',
  changes: 'up|start|stop|restart|kill|pause|unpause|create|build|pull|push|scale|run|cp',
};

const dockerValues =
  '-H --host --context -c -f --file --filter --format -e --env --env-file -v --volume -p --publish -w --workdir -u --user ' +
  '--name --network --net --mount --entrypoint -h --hostname -l --label --restart --platform -n --tail --since --until ' +
  '--log-level --project-name --project-directory --profile --memory --cpus --ip --add-host --pull --volumes-from ' +
  '-t --time --signal -s --timeout -a --attach --scale --device --cap-add --ulimit --shm-size --gpus --pid --replicas --image';

export const containerPrograms: readonly KnownProgram[] = [
  {
    name: 'docker podman nerdctl',
    values: dockerValues
      .split(' ')
      .filter((option) => option !== '-t' && option !== '-a')
      .join(' '),
    looks:
      'ps|images|logs|inspect|stats|top|port|version|info|events|diff|history|search|healthcheck, ' +
      'container|image|volume|network|node|service|stack|secret|config|context|system|plugin|swarm ls|list|ps|inspect|logs|df|info|events|services|top|stats|port|history, ' +
      `buildx ls|inspect, manifest inspect, compose ${composeVerbs.looks}`,
    prepares: 'login|logout, context use',
    changes:
      'rm|rmi|stop|kill|restart|run|start|create|pause|unpause|update|rename|commit|cp|build|pull|push|tag|load|import|save|export, ' +
      'container|image|volume|network|node|service|stack|secret|config|context|plugin|swarm create|update|rm|remove|start|stop|restart|kill|run|deploy|scale|connect|disconnect|pull|push|tag|build|rollback|promote|demote|init|join|leave|enable|disable|install|upgrade|rename|commit|load|import, ' +
      `buildx build|bake|create|use|rm|prune, machine start|stop|init|rm, generate, compose ${composeVerbs.changes}|rm|down`,
    destroys:
      'system|volume prune, volume rm|remove, image|container|network|builder|buildx prune, rm -v|--volumes, ' +
      'compose down -v|--volumes, compose down --rmi, compose rm -v, secret|config|stack rm|remove, swarm leave --force|-f, ' +
      'system reset',
    spares: 'compose --dry-run',
    neverEnds:
      'logs -f|--follow !--follow=false, compose logs -f|--follow, events, stats !--no-stream, compose up !-d|--detach|--wait',
    wantsTerminal: 'attach',
    opensSession: 'exec * -t|--tty $ !<, run * -t|--tty $ !<, compose exec * $ !<, compose run * $ !<',
    launches: [
      { gives: 'command', behind: 'exec *' },
      { gives: 'command', behind: 'run *' },
      { gives: 'command', behind: 'compose exec *' },
      { gives: 'command', behind: 'compose run *' },
      { gives: 'command', behind: 'container exec|run *' },
      { gives: 'code', behind: 'machine ssh' },
    ],
  },
  {
    name: 'docker-compose podman-compose',
    values: dockerValues
      .split(' ')
      .filter((option) => !/^-[tav]$/.test(option))
      .join(' '),
    looks: composeVerbs.looks,
    changes: `${composeVerbs.changes}|rm|down`,
    destroys: 'down -v|--volumes, down --rmi, rm -v',
    spares: '--dry-run',
    neverEnds: 'logs -f|--follow, up !-d|--detach|--wait, events',
    opensSession: 'exec * $ !<, run * $ !<',
    launches: [
      { gives: 'command', behind: 'exec *' },
      { gives: 'command', behind: 'run *' },
    ],
  },
  {
    name: 'crictl ctr buildah skopeo',
    values: '-r --runtime-endpoint -n --namespace -a --address --creds --src-creds --dest-creds',
    looks:
      'ps|pods|images|inspect|inspecti|inspectp|logs|stats|info|version|img|list-tags, * ls|list|check|info, images ls',
    prepares: 'login|logout',
    changes:
      'rm|rmi|rmp|stop|stopp|run|runp|start|pull|create|update|copy|bud|build|push|tag|sync|from|commit, ' +
      '* rm|remove|delete|kill|start|pull|import|tag|create',
    destroys: 'rmi --prune|-a, delete',
    neverEnds: 'logs -f|--follow',
    opensSession: 'exec * -t|--tty $ !<',
    launches: [{ gives: 'command', behind: 'exec *' }],
  },
  {
    name: 'lxc incus',
    values: '-p --profile -c --config -s --storage -n --network --cwd --user --env',
    looks: 'list|ls|info|version|monitor, * list|show|get|info',
    changes:
      'launch|init|start|stop|restart|pause|move|copy|rename|snapshot|restore|publish|export|import, file push|pull|edit|delete, ' +
      '* create|set|unset|edit|add|attach|detach|device|remove|copy|rename',
    destroys: 'delete|rm, * delete',
    opensSession: 'exec * -t $ !<, shell|console * $ !<',
    launches: [{ gives: 'command', behind: 'exec *' }],
  },
  {
    name: 'pct qm pvesh pvecm pveceph vzdump',
    values: '--storage --node',
    looks: 'list|status|config|pending|listsnapshot|df|get|ls|nodes, pool ls',
    changes:
      'start|stop|shutdown|reboot|reset|set|create|clone|migrate|suspend|resume|snapshot|restore|resize|unlock|template|push|add|' +
      'expected|importdisk|importovf|agent|move-volume|move-disk|*',
    destroys: 'destroy|delete|delsnapshot|rollback|delnode|purge',
    opensSession: 'enter|terminal * $ !<',
    launches: [
      { gives: 'command', behind: 'exec *' },
      { gives: 'command', behind: 'guest exec *' },
    ],
  },
  {
    name: 'qemu-img',
    looks: 'info|check|compare|map|measure',
    changes: 'create|convert|resize|commit|rebase|snapshot|amend|bitmap|dd, check -r',
  },
  {
    name: 'govc',
    hasLongOptions: true,
    looks: 'about|ls|find|*.info|*.ls|*.console|*.ip|tree|events|tasks',
    changes:
      '*.power|*.change|*.create|*.clone|*.customize|*.migrate|*.update|*.add|*.enter|*.exit|*.connect|*.disconnect|snapshot.*|*.upload',
    destroys: '*.destroy|*.rm|*.remove|snapshot.remove|snapshot.revert',
  },
  {
    name: 'vim-cmd',
    looks: '*/get*|*/list*|*/queryconnection',
    changes: '*/power.*|*/snapshot.*|*/reload|*/enter|*/exit|*/start*|*/stop*|*/create*|hostsvc/*',
    destroys: '*/destroy|*/unregister|*/snapshot.remove*|*/snapshot.revert',
  },
  { name: 'virt-install virt-clone', changes: '...' },
  {
    name: 'virsh',
    values: '-c --connect',
    hasLongOptions: true,
    looks:
      'list|dominfo|domstate|dumpxml|net-list|net-info|net-dumpxml|pool-list|pool-info|vol-list|vol-info|nodeinfo|version|domblklist|' +
      'domiflist|snapshot-list|capabilities|domstats|domifaddr|console-log',
    changes:
      'start|shutdown|reboot|reset|suspend|resume|destroy|define|create|edit|migrate|save|restore|autostart|attach-*|detach-*|' +
      'setmem|setvcpus|snapshot-create*|net-*|pool-*|vol-*|blockcommit|blockcopy|blockresize|--*',
    destroys:
      'undefine|vol-delete|vol-wipe|pool-delete|snapshot-delete|snapshot-revert|net-undefine|pool-undefine|managedsave-remove',
    wantsTerminal: 'edit, console',
    opensSession: '$ !<, console * !<',
  },
  {
    name: 'vagrant multipass limactl colima',
    values: '-c --command',
    looks: 'status|global-status|list|ls|info|version|validate|port|ssh-config, box list, snapshot list',
    changes:
      'up|start|halt|stop|reload|provision|suspend|resume|launch|package|restart|mount|umount|create|edit, box add|update, snapshot save|push',
    destroys: 'destroy|delete|purge|prune, box remove, snapshot delete|restore|pop, factory-reset',
    opensSession: 'ssh !-c|--command $ !<, shell $ !<, shell * $ !<',
    launches: [
      { gives: 'code-word', inOption: '-c --command' },
      { gives: 'command', behind: 'exec *' },
      { gives: 'command', behind: 'shell *' },
    ],
  },
  {
    name: 'nomad',
    hasLongOptions: true,
    values: '-address -namespace -region -token -job -task',
    looks:
      'status|version|agent-info|inspect|logs|monitor, job|node|alloc|deployment|server|operator|namespace|acl|eval|volume|system|var status|inspect|list|history|plan|members|info|logs|get|read|validate|allocs, plan|validate',
    changes:
      'run|stop|init, job|node|alloc|deployment|server|operator|namespace|acl|eval|volume|system|var run|stop|revert|scale|dispatch|promote|restart|signal|drain|eligibility|pause|resume|fail|put|create|apply|force-leave|join|gc|reconcile|register|unblock|init',
    destroys:
      'job stop -purge, stop -purge, namespace|volume|acl|eval|var delete|purge|deregister, system gc',
    neverEnds: 'monitor, alloc logs -f, agent',
    launches: [
      { gives: 'command', behind: 'alloc exec *' },
      { gives: 'command', behind: 'exec *' },
    ],
  },
];
