// Stands in for what is not on this machine: an exporter of the pool, mail, Slack and PagerDuty. Each says what it is told.
import { createServer as createWeb } from 'node:http';
import { createServer } from 'node:net';

/** On loopback; gives the port. */
function listen(server) {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

function web(answer) {
  return listen(
    createWeb(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      await answer(body, response);
    }),
  );
}

/** Says in the text format of Prometheus how full the pool is. */
export function openExporter(query) {
  const used =
    "SELECT round(100.0 * count(*) / current_setting('max_connections')::int) FROM pg_stat_activity WHERE backend_type = 'client backend'";
  return web(async (_, response) => {
    const percent = await query(used).catch(() => '');
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(percent === '' ? '' : `postgres_connections_percent ${percent}\n`);
  });
}

/** Takes what Slack would be told. */
export function openChat(say) {
  return web((body, response) => {
    const [block] = JSON.parse(body).blocks ?? [];
    say(`chat: ${(block?.text?.text ?? JSON.parse(body).text ?? '').split('\n')[0]}`);
    response.end('ok');
  });
}

/** Takes what PagerDuty would be told. */
export function openPager(say) {
  return web((body, response) => {
    const { event_action, dedup_key } = JSON.parse(body);
    say(`pager: ${event_action} ${dedup_key}`);
    response.writeHead(202).end('{"status":"success"}');
  });
}

/** Takes mail, and says the link that is in it. */
export function openMail(say) {
  return listen(
    createServer((socket) => {
      let [rest, mail] = ['', undefined];
      const take = (line) => {
        if (mail !== undefined && line !== '.') {
          mail += `${line}\n`;
          return undefined;
        }
        if (mail !== undefined) {
          const text = mail.replaceAll('=\n', '');
          say(`mail to ${/^To: (.*)$/m.exec(text)?.[1]}: ${/http:\S+\/answer\/[\w-]+/.exec(text)?.[0]}`);
          mail = undefined;
          return '250 taken';
        }
        if (/^DATA/i.test(line)) mail = '';
        return /^DATA/i.test(line) ? '354 go on' : /^QUIT/i.test(line) ? '221 bye' : '250 fine';
      };
      socket.on('error', () => {});
      socket.setEncoding('utf8').write('220 ready\r\n');
      socket.on('data', (chunk) => {
        const lines = (rest + chunk).split('\r\n');
        rest = lines.pop();
        for (const line of lines) {
          const reply = take(line);
          if (reply !== undefined) socket.write(`${reply}\r\n`);
          if (reply?.startsWith('221')) socket.end();
        }
      });
    }),
  );
}
