// Owns what is known of the commands of databases, queues and their tools, as data.
import type { KnownProgram } from '../known-program.ts';

export const databasePrograms: readonly KnownProgram[] = [
  {
    name: 'psql',
    values:
      '-h --host -p --port -U --username -d --dbname -c --command -f --file -v --set --variable -o --output -P --pset -F -R -L',
    looks: '-l|--list',
    changes: '-f|--file',
    opensSession: '... !-c|--command !-f|--file !-l|--list !<',
    launches: [{ gives: 'sql', inOption: '-c --command' }],
    reads: 'sql',
  },
  {
    name: 'mysql mariadb',
    values:
      '-h --host -P --port -u --user -e --execute -D --database -S --socket --defaults-file --defaults-extra-file --protocol',
    opensSession: '... !-e|--execute !<',
    launches: [{ gives: 'sql', inOption: '-e --execute' }],
    reads: 'sql',
  },
  {
    name: 'hive beeline impala-shell spark-sql cbq isql vsql usql ysqlsh duckdb mycli',
    values: '-e -q -c -s -u -n -p -d -i -f -h -U --query --command --execute',
    changes: '-f|-i',
    opensSession: '... !-e|-q|-c|-s|-f|-i|--query|--command|--execute !<',
    launches: [{ gives: 'sql', inOption: '-e -q -c -s --query --command --execute' }],
    reads: 'sql',
  },
  {
    name: 'sqlplus',
    values: '-M -R -C -F',
    changes: '... @*',
    opensSession: '$ !<, * $ !<, * as * $ !<',
    reads: 'sql',
  },
  { name: 'rman', changes: '... cmdfile *, ... @*', opensSession: '$ !<, target * $ !<' },
  { name: 'db2start db2stop', changes: '...' },
  {
    name: 'sqlite3 sqlite',
    hasLongOptions: true,
    values: '-cmd -init -separator -nullvalue',
    opensSession: '* $ !<, $ !<',
    launches: [
      { gives: 'sql', behind: '*' },
      { gives: 'sql', inOption: '-cmd' },
    ],
    reads: 'sql',
  },
  {
    name: 'cockroach clickhouse-client cqlsh sqlcmd snowsql trino presto bcp',
    values:
      '-e --execute -q --query -Q -d --database -U -P -S -u --user --password -h --host --port --url --certs-dir -f --file -i',
    looks: 'node status, version',
    changes: 'node drain|recommission|decommission, import|init|restore|backup|start|quit',
    destroys: 'node decommission, debug',
    opensSession: 'sql !-e|--execute !-f|--file !<, $ !-e|--execute|-q|--query|-Q !-f|--file|-i !<',
    launches: [{ gives: 'sql', inOption: '-e --execute -q --query -Q' }],
    reads: 'sql',
  },
  {
    name: 'mongosh mongo',
    values: '--eval -u --username -p --password --host --port --authenticationDatabase --db -f --file',
    opensSession: '... !--eval !-f|--file !<',
    launches: [{ gives: 'mongo', inOption: '--eval' }],
    reads: 'mongo',
  },
  {
    name: 'redis-cli valkey-cli keydb-cli',
    anyCase: true,
    values: '-h -p -a -n -s -u --user --pass -i -r --cacert --cert --key',
    looks:
      'info|ping|get|mget|hget|hgetall|keys|scan|ttl|type|exists|llen|lrange|smembers|scard|zrange|zcard|dbsize|role|lastsave|time|' +
      'slowlog|memory|latency|xlen|xinfo|xrange|object|strlen|wait, config|client|cluster|sentinel|acl get|list|info|nodes|' +
      'masters|master|replicas|slaves|get-master-addr-by-name|ckquorum|whoami|shards|slots|id, --bigkeys, --scan, --cluster check|info',
    changes:
      'set|setex|mset|del|unlink|hset|hdel|lpush|rpush|lpop|rpop|lrem|ltrim|sadd|srem|zadd|zrem|expire|persist|rename|incr|decr|incrby|append|' +
      'config|client|cluster|sentinel|save|bgsave|bgrewriteaof|replicaof|slaveof|failover|restore|migrate|move|copy|eval|publish|script|' +
      'shutdown|xadd|xdel|xtrim|acl|debug|swapdb|reset, config set|rewrite|resetstat, client kill|pause|unpause, sentinel failover|set|monitor|reset, ' +
      'cluster failover|meet|addslots|setslot|replicate, acl setuser|save|load',
    destroys:
      'flushall|flushdb, acl deluser, sentinel remove, script|function flush, cluster reset|forget|delslots|flushslots, function delete',
    neverEnds: 'monitor|subscribe|psubscribe, --latency, --stat',
    opensSession: '$ !--bigkeys !--scan !--latency !--stat !--cluster !<',
    reads: 'arguments',
  },
  {
    name: 'redis-cli valkey-cli keydb-cli',
    changes: '--cluster, --cluster=create|add-node|reshard|rebalance|fix|import|set-timeout|call|backup',
    destroys: '--cluster=del-node',
    looks: '--cluster=check|info|help',
  },
  {
    name: 'pg_dump pg_dumpall mysqldump mariadb-dump mongodump pg_basebackup',
    values: '-h -p -U -d -u -f --file -F -D --pgdata -n -t --result-file --host --port --username --user',
    looks: '...',
    changes: '-f|--file, -D|--pgdata, -r|--result-file, -o|--out',
  },
  { name: 'mongodump', changes: '..., --out' },
  {
    name: 'pg_restore mongorestore mysqlimport mongoimport',
    values: '-h -p -U -d -u -f --host --port --username --dbname --db --collection',
    looks: '-l|--list',
    changes: '...',
    destroys: '-c|--clean, --drop, --replace, --delete',
    spares: '-l|--list, --dryRun',
  },
  {
    name: 'mongoexport pg_isready pg_controldata pg_waldump pg_verifybackup pt-query-digest pgbadger',
    looks: '...',
  },
  {
    name: 'createdb createuser vacuumdb reindexdb clusterdb pg_upgrade initdb pg_checksums pgbench',
    changes: '...',
    spares: '-c|--check',
  },
  { name: 'dropdb dropuser pg_resetwal pg_rewind', destroys: '...', spares: '--dry-run' },
  {
    name: 'pg_ctl pg_ctlcluster',
    values: '-D -l -m -t -o --pgdata',
    looks: 'status, * * status',
    changes:
      'start|stop|restart|reload|promote|init|initdb|kill|logrotate, * * start|stop|restart|reload|promote',
  },
  { name: 'pg_lsclusters pg_createcluster', looks: '$', changes: '*' },
  { name: 'pg_dropcluster', looks: '$', destroys: '*' },
  {
    name: 'mysqladmin mariadb-admin',
    values: '-h --host -P --port -u --user -S --socket',
    looks: 'ping|status|extended-status|processlist|variables|version',
    changes:
      'create|shutdown|reload|refresh|flush-*|kill|password|start-slave|stop-slave|start-replica|stop-replica',
    destroys: 'drop',
  },
  {
    name: 'mysqlcheck mysql_upgrade mysql_secure_installation mariadb-upgrade',
    changes: '...',
    spares: '-c|--check',
  },
  {
    name: 'patronictl',
    values: '-c --config-file -d --dcs',
    looks: 'list|topology|show-config|history|version|dsn|query',
    changes: 'switchover|failover|restart|reload|edit-config|pause|resume|flush|scaffold',
    destroys: 'reinit|remove',
    neverEnds: 'list|topology -w|-W|--watch',
    wantsTerminal: 'edit-config !--force, switchover|failover|restart|reload|reinit|remove !--force',
  },
  {
    name: 'repmgr pgbackrest barman wal-g wal-e xtrabackup mariabackup pgbouncer',
    values: '-f -d -h --stanza --config --repo -U -D',
    looks:
      'info|check|version|verify|list-server|list-servers|list-backup|list-backups|show-server|show-backup|status|backup-list, cluster|node|daemon|service show|check|status|matrix|event, wal-verify',
    changes:
      'backup|backup-push|standby|primary|witness|start|stop|stanza-create|stanza-upgrade|archive-push|cron|switch-wal|switch-xlog|receive-wal, node rejoin|service, --backup, --prepare, -R',
    destroys: 'restore|recover|backup-fetch|delete|expire|stanza-delete, --copy-back, delete *',
    spares: '--dry-run',
  },
  {
    name: 'etcdctl etcdutl',
    values:
      '--endpoints --cacert --cert --key --user --command-timeout --dial-timeout -w --write-out --data-dir --name --initial-cluster --initial-advertise-peer-urls',
    looks:
      'get|version|check, endpoint health|status|hashkv, member list, snapshot status, alarm list, lease list|timetolive, user|role list|get, ls',
    changes:
      'put|set|compaction|defrag|move-leader|lock|elect|txn|lease|auth, member add|update|promote, alarm disarm, snapshot save, user|role add|grant-role|grant-permission|passwd, lease grant|keep-alive, auth enable|disable, mk|mkdir, make-mirror',
    destroys:
      'del|rm|rmdir, member remove, snapshot restore, user|role delete|revoke-role|revoke-permission, lease revoke',
    neverEnds: 'watch',
  },
  {
    name: 'rabbitmqctl rabbitmq-plugins rabbitmq-queues rabbitmqadmin rabbitmq-diagnostics',
    values: '-n --node -p --vhost -q -t --timeout -u --username --password -H --host',
    looks:
      'status|cluster_status|list_*|list|show|report|node_health_check|ping|check_*|environment|help|version|eval_status|quorum_status|is_*|directories|log_tail|memory_breakdown|observer, export',
    changes:
      'add_*|set_*|clear_*|start_app|stop_app|stop|start|join_cluster|change_*|change_password|enable|disable|restart_vhost|rotate_logs|sync_queue|cancel_sync_queue|' +
      'enable_feature_flag|rename_*|update_*|await_startup|suspend_listeners|resume_listeners|grow|shrink|rebalance|drain|revive|declare|publish|get|import|eval|close_*|' +
      'transfer_leadership|import_definitions|export_definitions|trace_*|shutdown|hibernate|upgrade',
    destroys: 'reset|force_reset|delete_*|forget_cluster_node|purge_queue|force_boot|delete|purge',
  },
  {
    name: 'kafka-topics kafka-topics.sh kafka-configs kafka-configs.sh kafka-acls kafka-acls.sh kafka-consumer-groups kafka-consumer-groups.sh kafka-reassign-partitions kafka-reassign-partitions.sh kafka-leader-election kafka-leader-election.sh',
    values: '*',
    flags:
      '--list --describe --create --delete --alter --execute --verify --generate --add --remove --reset-offsets --all-topics --all-groups --under-replicated-partitions --dry-run --force --if-exists --if-not-exists --to-earliest --to-latest --state --members',
    looks: '--list, --describe, --verify, --generate',
    changes: '--create, --alter, --execute, --add, --cancel, --election-type',
    destroys: '--delete, --remove, --reset-offsets --execute, --delete-offsets',
    spares: '--reset-offsets --dry-run',
  },
  { name: 'kafka-delete-records kafka-delete-records.sh kafka-storage kafka-storage.sh', destroys: '...' },
  {
    name: 'kafka-console-consumer kafka-console-consumer.sh',
    neverEnds: '... !--max-messages !--timeout-ms',
  },
  { name: 'kafka-console-producer kafka-console-producer.sh', changes: '...' },
  {
    name: 'kcat kafkacat',
    hasLongOptions: true,
    looks: '-L, -Q, -C -e',
    changes: '-P',
    neverEnds: '-C !-e !-c',
  },
  {
    name: 'nodetool',
    values: '-h -p -u -pw --host --port',
    looks:
      'status|info|ring|tpstats|compactionstats|netstats|describecluster|gossipinfo|cfstats|tablestats|version|getendpoints|listsnapshots|proxyhistograms|statusbinary',
    changes:
      'repair|flush|drain|cleanup|compact|rebuild|snapshot|move|scrub|refresh|join|enable*|disable*|set*|upgradesstables|stop|stopdaemon|reload*',
    destroys: 'decommission|removenode|assassinate|clearsnapshot|truncatehints',
  },
  {
    name: 'rake rails artisan',
    looks: '-T, -AT, routes|about|stats|notes, db:version|db:migrate:status|db:abort_if_pending_migrations',
    changes:
      'db:migrate*|db:create|db:seed|db:rollback|db:setup|db:schema:load|assets:*|generate|g|destroy|*:*',
    destroys:
      'db:drop*|db:reset|db:purge|db:truncate_all|db:migrate:reset|db:schema:load|db:structure:load|db:setup|db:seed:replant',
    neverEnds: 'server|s',
    opensSession: 'console|c|dbconsole|db !<',
    launches: [{ gives: 'script', behind: 'runner|r' }],
  },
  {
    name: 'flask',
    values: '-A --app -e --env-file',
    looks: 'routes, db current|history|show|heads|branches|check',
    changes: 'db upgrade|downgrade|migrate|stamp|init|merge|revision',
    neverEnds: 'run',
    opensSession: 'shell !<',
  },
  {
    name: 'pt-online-schema-change pt-archiver pt-table-sync pt-kill pt-slave-restart gh-ost',
    hasLongOptions: true,
    changes: '..., --execute|--kill',
    destroys: '--purge',
    spares: '--dry-run|--noop|--print !--execute !--kill',
  },
  {
    name: 'influx',
    looks: 'ping|query|version, * list|ls|find',
    changes: 'write|setup|backup, * create|update|set|active|inactive|invoke',
    destroys: 'delete|restore, * delete|rm',
  },
  {
    name: 'cypher-shell',
    anyCase: true,
    values: '-a -u -p -d -f --address --username --password --database --file',
    looks: '...',
    changes: '-f|--file, ... *create*|*merge*|*set*|*remove*',
    destroys: '... *delete*|*drop*',
    opensSession: '$ !-f|--file !<',
  },
  {
    name: 'ldapadd ldapmodify ldappasswd ldapmodrdn slapadd slapindex slapmodify',
    changes: '...',
    spares: '-n',
  },
  { name: 'ldapdelete slapdelete', destroys: '...', spares: '-n' },
  { name: 'ldapsearch ldapwhoami ldapcompare slapcat slaptest slappasswd', looks: '...' },
  {
    name: 'flyway liquibase alembic goose migrate dbmate prisma knex sequelize',
    hasLongOptions: true,
    values: '-url -path -database -source -dir --url -x',
    looks:
      'info|status|validate|history|current|version|show|heads|check|diff|update-sql|format, migrate:status|migrate:list|migrate:currentVersion',
    changes:
      'migrate:*|seed:*|migrate|update|upgrade|downgrade|up|down|repair|baseline|rollback|stamp|goto|force|deploy|generate|create|revision, migrate deploy|dev|resolve|up|down',
    destroys: 'clean|drop|drop-all|reset|undo, migrate reset, db push --force-reset, db:drop',
  },
  {
    name: 'restic borg kopia duplicity borgmatic bup',
    values:
      '-r --repo -p --password-file --tag --host --path -e --exclude --keep-daily --keep-last --keep-weekly --keep-monthly -H',
    looks:
      'snapshots|list|ls|stats|check|diff|find|cat|info|version|cache|dump|verify|collection-status, snapshot list, repository status|connect, key list',
    changes:
      'backup|create|init|restore|extract|copy|tag|unlock|migrate|repair|compact|break-lock|upgrade|rename|recreate|config|key|rebuild-index|mount|umount|change-passphrase, key add|change-passphrase|passwd, snapshot create|restore, -t|--target',
    destroys: 'forget|prune|delete|rewrite, key remove|delete, snapshot delete|expire, remove-*, cleanup',
    spares: '-n|--dry-run',
    neverEnds: 'mount',
  },
  {
    name: 'tiup',
    looks: 'list|status|telemetry, --version, cluster display|list|check|audit|template, ctl:*, mirror show',
    changes:
      'install|update|mirror|uninstall|br:*|playground, cluster deploy|start|stop|restart|scale-out|upgrade|reload|patch|edit-config|enable|disable|import|rename|replay|meta|tls, mirror set',
    destroys: 'cluster destroy|clean|prune|scale-in',
  },
  {
    name: 'gitlab-ctl',
    looks: 'status|service-list|show-config|diff-config|check-config|get-redis-master|patroni',
    changes:
      'start|stop|restart|reconfigure|hup|kill|once|term|int|graceful-kill|renew-le-certs|promote|pg-upgrade|deploy-page|upgrade, patroni restart|reload|failover|switchover|pause|resume, registry-garbage-collect',
    destroys: 'cleanse|uninstall|remove-accounts, patroni reinitialize-replica, prometheus-upgrade',
    neverEnds: 'tail',
  },
  { name: 'gitlab-backup', changes: 'create', destroys: 'restore' },
];
