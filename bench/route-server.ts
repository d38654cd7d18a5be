// The bare server of route.bench.ts: one `node:http` server with a cached route, the same uncached, and a static file.
// The adapter makes `Request` and `Response` cheap, which cost more than a hit in Node.js itself.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { createCache, memoryBackend } from '@tbi/cache';
import { createRouteCache } from '@tbi/route-cache';
import { serveParent } from '@tbi/testing';
import { makeItems } from '../packages/route-cache/test/fixtures/next-app/lib/items.ts';

const file = fileURLToPath(
  new URL('../packages/route-cache/test/fixtures/next-app/public/items.json', import.meta.url),
);
const { withCache } = createRouteCache({ cache: createCache({ backend: memoryBackend() }) });
const uncached = async (_request: Request) => Response.json(makeItems());
const cached = withCache({ ttl: 3_600 })(uncached);

async function sendFile(response: ServerResponse) {
  const { size, mtime } = await stat(file);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', size);
  response.setHeader('last-modified', mtime.toUTCString());
  createReadStream(file).pipe(response);
}

const listenCached = getRequestListener((request) => cached(request, undefined));
const listenUncached = getRequestListener(uncached);

const server = createServer((request, response) => {
  if (request.url === '/items.json') void sendFile(response);
  else if (request.url === '/cached') void listenCached(request, response);
  else void listenUncached(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  serveParent({ port: () => port });
});
