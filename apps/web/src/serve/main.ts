import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readEnv, serverEnv } from '@tbi/env';
import { apiFront } from '../server/api/front.ts';
import { createDrain } from './drain.ts';
import { takeClosers } from './ending.ts';
import { logToFiles } from './log-files.ts';
import { ownOrigin } from './own-origin.ts';
import { protectResponse } from './protect-response.ts';
import { prepareRequest } from './request-headers.ts';

/*
 * The production server: Next's own request handler behind an HTTP server of ours, which gives hits of the API's cache
 * before Next and each page its nonce, and ends without failing a request. `scripts/build.ts` compiles it into the
 * standalone output; a process manager, a container or `pnpm start` runs it there.
 */

/** What `getRequestHandlers` of next/dist/server/lib/start-server.js returns, as far as it is used here. */
interface NextHandlers {
  readonly requestHandler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly server: { close(): Promise<void> };
}

/** Longer than the proxy keeps an idle connection (deploy/nginx: 4 s), so that it is never this side that closes first. */
const KEEP_ALIVE_MS = 10_000;
const HEADERS_MS = 15_000;
/** As long as the proxy takes to send a request's body. */
const REQUEST_MS = 60_000;
/** An idle connection of the proxy is closed by the proxy within this time. */
const IDLE_MS = 5_000;
/** Together less than the process manager's kill timeout (deploy/ecosystem.config.cjs: 30 s). */
const DRAIN_LIMIT_MS = 20_000;
const CLOSE_LIMIT_MS = 5_000;

const app = import.meta.dirname;
const output = join(app, '.next');
const require = createRequire(join(app, 'package.json'));

async function serve(): Promise<void> {
  // PM2 names them to its workers.
  const { pm_out_log_path: out, pm_err_log_path: error } = process.env;
  if (out && error) logToFiles({ out, error });
  const { server: address } = readEnv({ server: serverEnv });
  const closers = takeClosers();
  process.chdir(app);
  const placeholder = readFileSync(join(output, 'nonce-placeholder'), 'utf8');
  const buildId = readFileSync(join(output, 'BUILD_ID'), 'utf8').trim();

  const front = apiFront();

  let handlers: NextHandlers | undefined;
  const server = createServer((request, response) => {
    drain.track(request, response);
    prepareRequest(request, placeholder);
    // Which release answered: for operators, Nginx keeps it to itself.
    response.setHeader('x-build', buildId);
    protectResponse(response, placeholder);
    front.handle(request, response, () => {
      handlers?.requestHandler(request, response).catch((error: unknown) => {
        console.error(error);
        if (!response.headersSent) response.statusCode = 500;
        response.end();
      });
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  const drain = createDrain(server);

  handlers = await startNext(address.port, address.bindAddress);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.bindAddress, resolve);
  });
  const { server: next } = handlers;
  const ended = onceAsked(async () => {
    closers.beginDraining();
    await drain.end({ idleMs: IDLE_MS, limitMs: DRAIN_LIMIT_MS });
    await closers.closeAll(CLOSE_LIMIT_MS, () => next.close());
  });
  console.log(`listening on http://${address.bindAddress}:${address.port}`);
  // A process manager that waits for it sends nobody here before.
  process.send?.('ready');
  await ended;
  process.exit(0);
}

/** Next as its own standalone server starts it, on a server of ours. */
function startNext(port: number, hostname: string): Promise<NextHandlers> {
  const { config } = JSON.parse(readFileSync(join(output, 'required-server-files.json'), 'utf8'));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  // Where it fetches the page that an action leads to. Otherwise it believes the proxy's scheme, which is not ours.
  process.env.__NEXT_PRIVATE_ORIGIN = ownOrigin(hostname, port);
  require('next');
  const { getRequestHandlers } = require('next/dist/server/lib/start-server');
  return getRequestHandlers({ dir: app, port, hostname, isDev: false, minimalMode: false });
}

/** Runs something once this process is asked to end: by a signal, or by a process manager that has no signals. */
function onceAsked(end: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = false;
    const ask = () => {
      if (asked) return;
      asked = true;
      end().then(resolve, reject);
    };
    process.on('SIGTERM', ask);
    process.on('SIGINT', ask);
    process.on('message', (message) => {
      if (message === 'shutdown') ask();
    });
  });
}

serve().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
