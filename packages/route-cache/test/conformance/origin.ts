import { once } from 'node:events';
import { createServer, type IncomingMessage, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import handleConfig from 'http-cache-tests/server/handle-config.mjs';
import handleState from 'http-cache-tests/server/handle-state.mjs';
import handleTest from 'http-cache-tests/server/handle-test.mjs';

const handlers = new Map([
  ['config', handleConfig],
  ['state', handleState],
  ['test', handleTest],
]);

/** The suite's own server: it answers as each test has told it to, and keeps what it was asked. */
export async function startOrigin(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const [, name = '', ...path] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
    const handle = handlers.get(name);
    if (handle !== undefined) return handle(path, request, response);
    response.statusCode = 404;
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The handler inside the cache: passes a request on to the suite's server, and its response back, field by field. */
export async function forward(request: Request, port: number): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const outgoing = sendRequest({
    port,
    host: '127.0.0.1',
    path: `${pathname}${search}`,
    method: request.method,
    headers: Object.fromEntries(request.headers),
    agent: false,
  });
  // Some tests announce fewer bytes than they send, which is an error after the response.
  outgoing.on('error', () => {});
  outgoing.end(request.body === null ? undefined : Buffer.from(await request.arrayBuffer()));
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const { statusCode: status = 500, statusMessage: statusText = '' } = incoming;
  const bodiless = request.method === 'HEAD' || status === 204 || status === 304;
  if (bodiless) incoming.resume();
  return new Response(bodiless ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>), {
    status,
    statusText,
    headers: fieldsOf(incoming),
  });
}

export function fieldsOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '');
  return headers;
}
