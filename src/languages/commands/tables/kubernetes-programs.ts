// Owns what is known of the commands of Kubernetes and what comes with it, as data.
import type { KnownProgram } from '../known-program.ts';

const dataKinds =
  'ns|namespace|namespaces|project|projects|pv|pvc|persistentvolume|persistentvolumes|persistentvolumeclaim|' +
  'persistentvolumeclaims|crd|crds|customresourcedefinition|customresourcedefinitions|secret|secrets|' +
  'ns/*|namespace/*|namespaces/*|pv/*|pvc/*|persistentvolume/*|persistentvolumeclaim/*|crd/*|secret/*|*,pvc|*,pv';

export const kubernetesPrograms: readonly KnownProgram[] = [
  {
    name: 'kubectl oc k kubecolor',
    values:
      '-n --namespace --context --cluster --user --kubeconfig -s --server --token --as --as-group -l --selector ' +
      '--field-selector -f --filename -k --kustomize -o --output -c --container --replicas --image --timeout --for ' +
      '--tail --since --grace-period --type -p --patch --patch-file --sort-by --port --target-port --name ' +
      '--overrides --labels --env --from-literal --from-file --profile --target --cascade --request-timeout',
    looks:
      'get, describe, logs, log, top, explain, version, cluster-info, api-resources, api-versions, diff, events, ' +
      'wait, auth, auth can-i, rollout status|history, config view|get-contexts|current-context|get-clusters|get-users, ' +
      'kustomize, plugin list, options, completion, status, whoami, adm top|node-logs, adm upgrade $, krew list|search, neat, ' +
      'set env --list, cnpg status|logs|report|certificate|psql',
    prepares:
      'config, config use-context|set-context|use|set-cluster|set-credentials|unset, login, logout, project',
    changes:
      'delete, apply, patch, scale, autoscale, drain, cordon, uncordon, replace, edit, annotate, label, taint, create, set, ' +
      'expose, run, debug, cp, rollout restart|undo|pause|resume|latest|retry, certificate approve|deny, adm upgrade --to|--to-latest|--to-image|--to-multi-arch|--clear, ' +
      'config delete-context|delete-cluster|delete-user, auth reconcile, adm, new-app, new-project, start-build, ' +
      'import-image, tag, process, policy, krew, krew install|uninstall|upgrade, cnpg promote|restart|fencing|reload|backup|maintenance|hibernate|snapshot',
    destroys:
      `delete ${dataKinds}, delete ... ${dataKinds}, delete --all, delete -A|--all-namespaces, delete -f|--filename, ` +
      'delete -k|--kustomize, delete --force, replace --force, cnpg destroy',
    spares: '--dry-run, --dry-run=client|--dry-run=server|--dry-run=true',
    neverEnds:
      'port-forward, proxy, logs|log -f|--follow !--follow=false, get -w|--watch !--watch=false, events -w|--watch, ' +
      'get --watch-only',
    wantsTerminal: 'edit, attach -i|--stdin',
    opensSession:
      'exec * -t|--tty $ !<, run * -t|--tty $ !<, debug * -t|--tty $ !<, debug node/* $ !<, rsh * $ !<',
    launches: [
      { gives: 'command', behind: 'exec', isParted: true },
      { gives: 'command', behind: 'exec *' },
      { gives: 'command', behind: 'run', isParted: true },
      { gives: 'command', behind: 'debug', isParted: true },
      { gives: 'command', behind: 'rsh *' },
    ],
  },
  {
    name: 'helm helm3 helmfile',
    values:
      '-n --namespace --kube-context --kubeconfig -f --values --set --set-string --set-file --version --timeout -o --output ' +
      '--repo -e --environment -l --selector',
    looks:
      'list|ls|status|history|get|show|search|template|lint|version|env|verify|diff|inspect|test, repo list, dependency list, ' +
      'plugin list',
    prepares: 'repo add|update|index, registry login|logout',
    changes:
      'install|upgrade|rollback|sync|apply|package|push|create|pull|fetch, plugin install|uninstall|update, repo remove|rm, ' +
      'dependency update|build, dep update|build',
    destroys: 'uninstall|delete|del|un|destroy, rollback --force',
    spares: '--dry-run, --dry-run=client|--dry-run=server',
  },
  {
    name: 'kubeadm',
    values: '--config --kubeconfig --token --discovery-token-ca-cert-hash --cri-socket',
    looks:
      'version|config, config images list, token list, certs check-expiration, upgrade plan, upgrade diff',
    changes: 'init|join|upgrade, token create|delete, certs renew, certs certificate-key, config images pull',
    destroys: 'reset',
    spares: '--dry-run',
  },
  {
    name: 'kind k3d minikube',
    values: '-n --name -p --profile --config --image',
    looks: 'get, version, status, profile list, cluster list, node list, addons list, ip, logs',
    prepares: 'kubeconfig, kubeconfig merge|get',
    changes:
      'create, start|stop|pause|unpause, load, export, build, addons enable|disable, cluster create|start|stop, node add, ' +
      'image import|load',
    destroys: 'delete, cluster delete, node delete',
    neverEnds: 'tunnel, dashboard, logs -f',
    opensSession: 'ssh $ !<',
    launches: [{ gives: 'code', behind: 'ssh' }],
  },
  {
    name: 'eksctl',
    values: '*',
    flags: '--approve --wait',
    looks: 'get|info|version',
    prepares: 'utils write-kubeconfig',
    changes: 'create|upgrade|scale|set|drain|enable|associate|utils|update|register|unset',
    destroys: 'delete|deregister',
    spares: '--dry-run',
  },
  {
    name: 'kops',
    values: '*',
    flags: '--yes -y --force',
    looks: 'get|validate|version|toolbox, update cluster, rolling-update cluster',
    prepares: 'export',
    changes: 'create|edit|replace|upgrade, update --yes|-y, rolling-update --yes|-y, upgrade --yes',
    destroys: 'delete',
  },
  {
    name: 'k3s rke2',
    looks: 'check-config, --version, secrets-encrypt status, etcd-snapshot list|ls, certificate check',
    changes: 'etcd-snapshot save, certificate rotate, secrets-encrypt',
    destroys: 'etcd-snapshot delete|prune, server --cluster-reset',
    neverEnds: 'server|agent !--cluster-reset',
    launches: [{ gives: 'command' }],
  },
  { name: 'k3s-uninstall.sh rke2-uninstall.sh k3s-killall.sh', destroys: '...' },
  {
    name: 'talosctl',
    values: '-n --nodes -e --endpoints --talosconfig --context -f --file -p --patch',
    looks:
      'get|health|version|services|service|dmesg|logs|ls|list|read|memory|stats|containers|processes|time|disks|mounts|inspect, ' +
      'etcd members|status, config info|contexts',
    prepares: 'config, kubeconfig',
    changes:
      'apply-config|apply|patch|edit|upgrade|upgrade-k8s|bootstrap|reboot|shutdown|rollback|restart, etcd snapshot|defrag',
    destroys: 'reset|wipe, etcd remove-member|forfeit-leadership|leave',
    neverEnds: 'dmesg|logs -f|--follow, dashboard',
  },
  {
    name: 'argocd argo flux istioctl linkerd velero cmctl kubeseal kubefed',
    values:
      '-n --namespace --context --server -o --output --kubeconfig --revision -l --selector --from-backup --include-namespaces ' +
      '--exclude-namespaces --ttl --timeout --project',
    looks:
      'version|check|analyze|list|get|logs|describe|trace|stats|tree|export|diff|events|status|ps|proxy-config|pc|viz|diagnostics, ' +
      '* list|get|history|diff|logs|wait|manifests|describe|status|show, backup logs|describe|get, restore logs|describe|get',
    prepares: 'login|logout|context|relogin',
    changes:
      'install|upgrade|create|reconcile|suspend|resume|bootstrap|submit|retry|stop|terminate|resubmit|renew|inject, ' +
      '* sync|set|create|rollback|patch|terminate-op|resume|suspend|add|edit|unset|actions, tag set, restore create, ' +
      'backup create, schedule create|pause|unpause',
    destroys:
      'delete|uninstall|uninject, * delete|rm|remove|delete-resource, app sync --prune|--force, * uninstall|purge',
    spares: '--dry-run',
    neverEnds: 'logs|watch -f|--follow, dashboard, viz dashboard, * logs -f|--follow',
  },
  {
    name: 'cilium calicoctl',
    looks:
      'status|version|sysdump|get, hubble status, ipam show|check, node status|diags, config view, connectivity test, bgp peers|routes',
    changes:
      'install|upgrade|enable|disable|apply|create|replace|patch|label|convert, hubble|clustermesh|encryption *, config set|delete, ipam *, node run',
    destroys: 'uninstall|delete, ipam release',
    neverEnds: 'monitor',
  },
  {
    name: 'skaffold tilt okteto garden',
    looks: 'diagnose|version|render|inspect|get|logs|list|config',
    changes: 'run|build|deploy|apply|ci|up|trigger',
    destroys: 'delete|down|destroy',
    neverEnds: 'dev|debug|up|logs -f',
  },
  { name: 'kubectx kubens', prepares: '*', looks: '$', changes: '-d' },
  { name: 'stern kubetail', neverEnds: '... !--no-follow', looks: '... --no-follow' },
  { name: 'k9s lazydocker ctop', wantsTerminal: '...' },
  {
    name: 'kustomize kubeval kubeconform kube-linter kube-score pluto popeye',
    looks: '..., build|version',
    changes: 'edit',
  },
];
