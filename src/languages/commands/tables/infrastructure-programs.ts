// Owns what is known of the commands that manage machines from a description of them, as data.
import type { KnownProgram } from '../known-program.ts';

export const infrastructurePrograms: readonly KnownProgram[] = [
  {
    name: 'terraform tofu terragrunt tf',
    hasLongOptions: true,
    values: '--terragrunt-working-dir --working-dir',
    looks:
      'plan|show|output|validate|version|graph|providers|console|fmt|metadata, state list|show|pull, workspace list|show, run-all plan|output|validate, ' +
      'fmt -check',
    prepares: 'init|login|logout|get, workspace select',
    changes:
      'apply|import|taint|untaint|refresh, state mv|push|replace-provider, workspace new, run-all apply, fmt -write=true, plan -out',
    destroys: 'destroy, apply -destroy, state rm, workspace delete, force-unlock, run-all destroy',
    spares: '-help, --help',
  },
  {
    name: 'pulumi cdk cdktf sam serverless sls amplify copilot',
    values: '-s --stack -C --cwd -c --config --context --profile --stage --region',
    looks:
      'preview|diff|list|ls|synth|version|logs|validate|doctor|info|status|metadata, stack ls|output|export, stack, config get, config',
    prepares: 'login|logout|init|install, stack select|init',
    changes:
      'up|update|deploy|import|refresh|bootstrap|publish|push|build|package|rollback|invoke, config set|rm, state *, stack import|rename|tag',
    destroys: 'destroy|remove|delete, stack rm, state delete',
    neverEnds: 'watch, logs -f|--follow|-t|--tail',
  },
  {
    name: 'ansible-playbook',
    values:
      '-i --inventory -l --limit -e --extra-vars -t --tags --skip-tags -u --user --vault-password-file -f --forks --private-key --start-at-task',
    changes: '*',
    spares: '-C|--check, --list-hosts, --list-tasks, --list-tags, --syntax-check, --version',
  },
  {
    name: 'ansible',
    values:
      '-i --inventory -l --limit -e --extra-vars -u --user -m --module-name -a --args -f --forks --private-key',
    looks: '..., * -m=ping|-m=setup|-m=debug|-m=stat|-m=command',
    changes:
      '* -m=service|-m=systemd|-m=copy|-m=file|-m=apt|-m=yum|-m=dnf|-m=package|-m=template|-m=user|-m=lineinfile|-m=reboot|-m=cron|-m=git|-m=mount',
    destroys: '* -m=file -a=*absent*',
    spares: '-C|--check, --list-hosts, --version',
    launches: [{ gives: 'code-word', inOption: '-a --args' }],
  },
  {
    name: 'ansible-galaxy ansible-vault ansible-pull',
    looks: 'list|search|info|view, collection|role list|search|info',
    changes:
      'install|remove|init|encrypt|decrypt|rekey|create|edit|encrypt_string, collection|role install|remove, -U',
    wantsTerminal: 'edit|create',
  },
  {
    name: 'salt salt-call',
    values: '-L -G -C -t --timeout -l',
    looks: '* test.*|grains.*|status.*|pillar.*|disk.*|network.*, test.*|grains.*|pillar.*',
    changes: '* state.*|service.*|pkg.*|file.*|user.*|system.*|cmd.*, state.*|service.*|pkg.*|system.*',
    spares: 'test=True, ... test=True',
    launches: [
      { gives: 'code-word', behind: '* cmd.run' },
      { gives: 'code-word', behind: 'cmd.run' },
    ],
  },
  {
    name: 'puppet chef-client knife bolt cf-agent inspec',
    values: '-c --config -n --nodes -t --targets -E --environment -r -i -m -x -u',
    looks:
      '* list|show|status|search|find, lookup|facts|config|module|search|describe|exec, module list, resource, exec',
    changes:
      '$, agent|apply|plan|upload, * edit|create|bootstrap|upload|add|set|from, bootstrap|ssh, module install|upgrade|uninstall, node|cert sign, task run',
    destroys: '* delete|clean|purge|remove|destroy, node purge|deactivate',
    spares: '--noop, --why-run|-W, -n|--dry-run',
    launches: [
      { gives: 'code', behind: 'command run' },
      { gives: 'code-word', behind: 'ssh *' },
    ],
  },
  {
    name: 'packer',
    hasLongOptions: true,
    looks: 'validate|inspect|version|console|fmt',
    prepares: 'init',
    changes: 'build|fix|hcl2_upgrade|plugins',
  },
  {
    name: 'vault bao',
    hasLongOptions: true,
    values: '-address -namespace -field -format -mount -path',
    looks:
      'status|read|list|version|path-help|print, kv get|list, token lookup|capabilities, auth|secrets|audit|policy|lease|plugin|namespace list|read|lookup|info, ' +
      'operator raft list-peers, operator members, operator key-status',
    prepares: 'login|unwrap',
    changes:
      'write|patch|ssh|unseal|seal|token|lease, kv put|patch|rollback|undelete|enable-versioning, token create|renew|revoke, auth|secrets|audit enable|disable|tune|move, ' +
      'policy write|fmt, lease renew, operator unseal|seal|init|rekey|rotate|step-down|migrate, operator raft snapshot|join, plugin register|reload, namespace create',
    destroys:
      'delete, kv delete|destroy, kv metadata delete, policy|namespace|plugin delete|deregister, lease revoke, operator raft remove-peer, ' +
      'secrets|auth|audit disable, operator raft snapshot restore, token revoke -self',
    neverEnds: 'server|agent|monitor',
  },
  {
    name: 'consul',
    hasLongOptions: true,
    values: '-http-addr -token -datacenter -namespace -token-file',
    looks:
      'members|info|version|catalog|validate|monitor|rtt, kv get|export, operator raft list-peers, * list|read|status, operator autopilot get-config|state, snapshot inspect, config read|list',
    changes:
      'join|leave|reload|event|lock|maint|services, kv put|import, snapshot save, config write, acl *, intention create, operator autopilot set-config, tls *, connect *, services register|deregister, keyring',
    destroys:
      'kv delete, snapshot restore, force-leave, config delete, operator raft remove-peer, * * delete, intention delete',
    neverEnds: 'monitor|agent|watch',
    launches: [{ gives: 'command', behind: 'lock *' }],
  },
  {
    name: 'sops age gpg gpg2 openssl pass bw op',
    hasLongOptions: true,
    values: '-in -out -subj -days -connect -CAfile -keyout -servername -key -config -extfile',
    looks:
      'x509|rand|s_client|verify|version|ciphers|dgst|asn1parse|crl|ocsp, x509|rsa|req|pkcs12|ec|pkey -noout, ls|list|show|get|read|search, --list-keys, -k, ' +
      '--list-secret-keys, --verify, -d|--decrypt, req -text',
    changes:
      'genrsa|genpkey|ecparam|ca|insert|generate|edit|mv|cp|init|create|encrypt|updatekeys|rotate|publish, req -new|-x509, --gen-key, --import, --full-generate-key, ' +
      '--export -o|--output, -e|--encrypt -o|--output, x509|rsa|req|pkcs12|ec|pkey|rand -out',
    destroys: '--delete-keys, --delete-secret-keys, rm|delete',
    wantsTerminal: '--gen-key !--batch, --full-generate-key !--batch, --edit-key, edit',
  },
  {
    name: 'certbot acme.sh lego step cfssl',
    values: '-d --domain --cert-name -w --webroot-path -m --email',
    looks: 'certificates|plugins|show_account|--list|inspect, certificate inspect, ca health',
    changes:
      'certonly|renew|run|install|enhance|register|--issue|--renew|gencert|sign, --issue, --renew, --renew-all, --install-cert, ca certificate|renew, certificate create|sign, ...',
    destroys: 'delete|revoke|unregister|rollback, --revoke, --remove',
    spares: '--dry-run',
  },
  {
    name: 'keytool',
    hasLongOptions: true,
    values: '-alias -keystore -storepass -file -keypass -storetype',
    looks: '-list|-printcert|-printcertreq|-exportcert',
    changes: '-genkey*|-gencert|-import*|-changealias|-keypasswd|-storepasswd|-certreq',
    destroys: '-delete',
  },
  { name: 'mkcert', changes: '*, -install|-uninstall', looks: '-CAROOT' },
  { name: 'sops', changes: '-i|--in-place|-s, edit|set|rotate', spares: '-d|--decrypt !-i' },
  {
    name: 'promtool amtool cosign trivy grype syft slsa-verifier hadolint shellcheck yamllint ansible-lint tflint checkov infracost',
    looks: '...',
    changes:
      'silence add|expire|update|import, sign|attest|generate-key-pair|import-key-pair|upload|copy|attach, tsdb create-blocks-from, push',
    destroys: 'clean',
  },
];
