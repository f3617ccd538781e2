// Owns what is known of the commands of clouds and hosters, as data.
import type { KnownProgram } from '../known-program.ts';

export const cloudPrograms: readonly KnownProgram[] = [
  {
    name: 'aws awslocal',
    values: '*',
    flags:
      '--no-cli-pager --no-verify-ssl --no-paginate --debug --no-sign-request --recursive --force --dryrun --dry-run --quiet ' +
      '--delete --with-decryption --no-include-email --no-dry-run',
    looks:
      '* describe-*|list-*|get-*|head-*|batch-get-*|lookup-*|search-*|filter-*|query|scan|select-*|view-*|test-*|check-*|validate-*|simulate-*|decode-*|estimate-*|preview-*|wait|tail|detect-*, ' +
      's3 ls, sts *, configure list|get, logs start-query|tail|filter-log-events, ec2 wait, ecr get-login-password|get-login, ' +
      'athena start-query-execution, ssm start-session',
    prepares:
      'configure, configure *, sso login|logout, eks update-kubeconfig, sts assume-role*|get-session-token, ecr-public get-login-password',
    changes:
      '* create-*|put-*|modify-*|update-*|stop-*|start-*|reboot-*|detach-*|attach-*|run-*|remove-*|restore-*|associate-*|disassociate-*|' +
      'add-*|set-*|enable-*|disable-*|register-*|deregister-*|copy-*|import-*|export-*|send-*|publish|publish-*|invoke|invoke-*|execute-*|' +
      'failover-*|promote-*|rotate-*|cancel-*|apply-*|change-*|allocate-*|authorize-*|revoke-*|replace-*|reset-*|tag-*|untag-*|' +
      'switchover-*|deploy|deploy-*|complete-*|request-*|resume-*|suspend-*|upload-*|abort-*|accept-*|reject-*|batch-write-*|subscribe|' +
      'unsubscribe|transact-*|increase-*|decrease-*|unassign-*|assign-*|rebuild-*|scale-*|schedule-*|cancel-key-deletion|initialize-*|retry-*, s3 cp|mv|sync|mb, ' +
      '* release-*, * delete-bucket-*|delete-tags|delete-*-tags|delete-*-tagging|delete-*-policy|delete-*-policies|delete-*-configuration|' +
      'delete-*-association|delete-*-permission|delete-alarms|delete-route|delete-routes|delete-rule|delete-listener|delete-scheduled-*|' +
      'delete-lifecycle-hook|delete-public-access-block',
    destroys:
      '* delete-*|terminate-*|batch-delete-*|purge-*|schedule-key-deletion|deregister-image, s3 rm|rb, s3 sync --delete, ' +
      '* reset-db-*|release-hosts, * restore-db-*-to-point-in-time-force',
    spares: '--dry-run, --dryrun, help, ... help, --generate-cli-skeleton',
    neverEnds: 'logs tail --follow',
    opensSession: 'ssm start-session !<, ecs execute-command --interactive !<, ec2-instance-connect ssh !<',
    launches: [{ gives: 'code-word', inOption: '--command' }],
  },
  {
    name: 'gcloud',
    values: '*',
    flags:
      '-q --quiet --async --force --all --no-async --flatten-keys --delete-all --enable --internal-ip --tunnel-through-iap --verbosity-info',
    looks:
      '... list|describe|get-iam-policy|get-value|info|version|tail|read|lookup|get-server-config|get-health|get-serial-port-output|' +
      'get-named-ports|diff|print-access-token|print-identity-token|get-effective-firewalls|wait, info|version|help, topic *',
    prepares:
      'auth, auth *, config, config *, init, container clusters get-credentials, beta container clusters get-credentials',
    changes:
      '... create|update|start|stop|restart|reset|resize|set|add|enable|disable|patch|import|export|deploy|promote-replica|failover|clone|' +
      'move|copy|submit|publish|undelete|resume|suspend|rollback|upgrade|invoke|call|set-*|add-*|remove-*|update-*|create-*|attach-*|' +
      'detach-*|simulate-maintenance-event|rolling-action|cp|mv|rsync|ack|pull|execute|run|rotate|cancel|restore|scp, components install|update|remove, ' +
      '... instance-groups managed *',
    destroys:
      '... delete|delete-*|destroy|purge|rm|wipe-out, ... backups restore, ... versions destroy, ... instance-groups managed delete|delete-instances|abandon-instances, ' +
      '... instances delete',
    spares: '--help, --dry-run, --validate-only',
    neverEnds: 'logging tail, ... tail, ... log tail',
    wantsTerminal: 'auth login !--cred-file|--no-browser, ... connect',
    opensSession: 'compute ssh * !--command !<, beta compute ssh * !--command !<, cloud-shell ssh !<',
    launches: [
      { gives: 'command', behind: 'compute ssh', isParted: true },
      { gives: 'code-word', inOption: '--command' },
    ],
  },
  {
    name: 'gsutil',
    values: '-o -h -u',
    looks: 'ls|cat|du|stat|hash|version|help, versioning|lifecycle|iam|acl get',
    prepares: 'config',
    changes:
      'cp|mv|rsync|mb|compose|rewrite|setmeta|notification|defacl|retention|kms|label|web|cors, versioning|lifecycle|iam|acl set|ch',
    destroys: 'rm|rb, rsync -d',
  },
  {
    name: 'bq',
    values: '--project_id --location --format',
    looks: 'ls|show|head|info|version|help|wait',
    changes: 'mk|cp|load|insert|update|extract|cancel|undelete|partition|query --destination_table',
    destroys: 'rm|truncate',
    launches: [{ gives: 'sql', behind: 'query' }],
  },
  {
    name: 'az',
    values: '*',
    flags:
      '--yes -y --no-wait --debug --verbose --only-show-errors --admin --overwrite-existing --force --recursive --use-device-code --help -h',
    looks:
      '... list|show|get|list-*|show-*|get-*|exists|check|check-*|validate|what-if|wait|query|tail|download-logs|browse|version|find|analyze|logs|status|' +
      'show-connection-string|metrics, version, rest --method=get|--method=GET, feedback',
    prepares:
      'login|logout, account set|clear, configure, aks get-credentials, acr login, extension add|update, cloud set, config set, aks install-cli',
    changes:
      '... create|update|set|add|remove|start|stop|restart|deallocate|reset|resize|scale|upgrade|import|export|upload|upload-batch|copy|move|' +
      'failover|restore|enable|disable|deploy|invoke|run-command|attach|detach|assign|register|unregister|rotate|renew|regenerate|' +
      'swap|promote|redeploy|reimage|refresh|approve|reject|grant-access|revoke-access|sync|append|patch|post|put|cancel|' +
      'enable-*|disable-*|update-*|rotate-*|set-*|add-*|stop-*|start-*|create-*|download|cp, rest',
    destroys:
      '... delete|purge|delete-*|destroy|remove-immutable|delete-batch, rest --method=delete|--method=DELETE, storage remove',
    spares: '--help, --dryrun',
    neverEnds: '... log tail, ... tail',
    opensSession: 'ssh vm !<, serial-console connect !<',
    launches: [{ gives: 'code-word', inOption: '--scripts --command' }],
  },
  {
    name: 'oci doctl hcloud linode-cli scw exo openstack ibmcloud aliyun tccli ovhcli upctl vultr-cli yc',
    values: '*',
    flags: '--force --yes -y -f -q --quiet --wait --debug --all --recursive',
    looks:
      '... list|show|get|describe|ls|list-*|get-*|show-*|describe-*|info|view|status|version|search|history',
    prepares:
      'auth, auth *, login|logout|target|init, config *, setup *, context *, ... kubeconfig save, ... save',
    changes:
      '... create|update|set|add|remove|start|stop|restart|reboot|reset|resize|scale|rebuild|attach|detach|enable|disable|upload|put|import|export|' +
      'assign|unassign|power-on|power-off|poweroff|poweron|shutdown|change-*|action|launch|migrate|evacuate|unset|associate|pause|unpause|' +
      'suspend|resume|rescue|unlock|lock|copy|apply|deploy|create-*|update-*|modify-*|run|upgrade|rename|restore|snapshot|failover',
    destroys: '... delete|terminate|destroy|purge|rm|delete-*|bulk-delete|remove-all|wipe',
    launches: [],
  },
  {
    name: 'heroku',
    values: '-a --app -r --remote -n --num',
    looks:
      'apps|ps|config|logs|releases|status|addons|domains|info|version|pg|buildpacks|pg:info|pg:ps|pg:locks|pg:diagnose|pg:backups|config:get|' +
      'apps:info|certs|features|access|auth:whoami',
    prepares: 'login|logout|auth:*|git:remote',
    changes:
      'config:set|config:unset|ps:*|restart|dyno:*|scale|rollback|maintenance:*|addons:*|domains:*|pg:promote|pg:kill|pg:killall|pg:copy|' +
      'pg:backups:capture|create|apps:create|apps:rename|certs:*|features:*|buildpacks:*|access:*|releases:rollback|drains:*',
    destroys:
      'apps:destroy|destroy|pg:reset|pg:backups:restore|pg:backups:delete|addons:destroy|pg:push|repo:reset',
    neverEnds: 'logs -t|--tail',
    wantsTerminal: 'login !-i',
    opensSession: 'run|run:* $ !<, pg:psql !-c|--command !<, ps:exec $ !<, redis:cli !<',
    launches: [
      { gives: 'command', behind: 'run|run:*' },
      { gives: 'sql', inOption: '-c --command' },
    ],
  },
  {
    name: 'flyctl fly cf eb railway vercel netlify wrangler',
    values: '-a --app -o --org -i -m -s -c --command -C -e --env',
    looks:
      'status|logs|list|ls|releases|info|version|platform|whoami|apps|app|services|service|events|spaces|orgs|routes|health|doctor|' +
      'recent-logs|buildpacks|inspect, * list|show|status|ls|info|get|count',
    prepares: 'login|logout|auth|target|api|link|use|t|switch|init, auth *, proxy',
    changes:
      'deploy|push|start|stop|restart|scale|rollback|set-env|unset-env|restage|create-*|bind-*|unbind-*|map-*|unmap-*|update-*|up|publish|' +
      'redeploy|promote|swap|launch|clone|abort|run-task|setenv|rename, * create|set|unset|deploy|restart|start|stop|update|add|attach|' +
      'detach|import|scale|vm|clone|failover|put|upload|clean|suspend|resume|extend|fork|rollback',
    destroys:
      'destroy|delete|delete-*|terminate|purge-*|remove|rm|down, * destroy|delete|rm|remove|purge|kill, * namespace|key|object|bucket delete',
    neverEnds: 'logs|dev !--recent|--no-tail, proxy, tail',
    opensSession: 'ssh console !-C|--command !<, ssh * !-c|--command|-C $ !<',
    launches: [{ gives: 'code-word', inOption: '-C -c --command' }],
  },
  {
    name: 'rclone s3cmd mc s5cmd b2',
    values: '--config -c --log-file --exclude --include --endpoint-url --transfers --host',
    looks:
      'ls|lsd|lsl|lsf|lsjson|size|check|cryptcheck|version|about|tree|cat|info|du|la|stat|find|diff|head|listremotes|cryptdecode, admin info, * ls|list|info',
    prepares: 'config|alias, alias *',
    changes:
      'copy|copyto|move|moveto|mkdir|put|get|sync|mb|cp|mv|touch|bisync|settier|pipe|mirror|upload*|mount|setacl|modify|authorize-account, admin *, * set|add|enable|disable|create',
    destroys:
      'delete|deletefile|purge|rmdir|rmdirs|del|rb|rm|cleanup|dedupe, sync --delete-removed, mirror --remove, sync !-n|--dry-run|--dryrun, * remove|rm',
    spares: '-n|--dry-run, --dryrun',
    neverEnds: 'watch, admin trace, serve',
  },
];
