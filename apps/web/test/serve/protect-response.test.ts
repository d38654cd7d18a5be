import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { protectResponse } from '../../src/serve/protect-response.ts';

const placeholder = '0123456789abcdef0123456789abcdef';
const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function answered(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => {
    protectResponse(response, placeholder);
    answer(response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const body = await response.text();
  const policy = response.headers.get('content-security-policy') ?? '';
  return { response, body, nonce: /'nonce-([^']+)'/.exec(policy)?.[1] };
}

const page = `<script nonce="${placeholder}">1</script>`;

it('a page has the nonce that its policy names, however it is written', async () => {
  const ways: ((response: ServerResponse) => void)[] = [
    (response) => response.setHeader('content-type', 'text/html').end(page),
    (response) => response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page),
    (response) => response.writeHead(200, 'fine', ['content-type', 'text/html']).end(Buffer.from(page)),
    (response) => {
      response.setHeader('Content-Type', 'text/html');
      response.write(page.slice(0, 20));
      response.write(new Uint8Array(Buffer.from(page.slice(20, 30))), () => response.end(page.slice(30)));
    },
    (response) => {
      response.setHeader('Content-Type', 'text/html');
      response.flushHeaders();
      response.end(page, 'utf8');
    },
  ];
  for (const way of ways) {
    const { body, nonce } = await answered(way);
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(body).toBe(`<script nonce="${nonce}">1</script>`);
  }
});

it('the length that was promised stays right', async () => {
  const { response, body } = await answered((response) =>
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length }).end(page),
  );
  expect(response.headers.get('content-length')).toBe(String(body.length));
});

it('what the router fetches in place of a page does not show the placeholder, and keeps its own policy', async () => {
  const { response, body } = await answered((response) =>
    response.writeHead(200, { 'content-type': 'text/x-component', etag: '"1"' }).end(page),
  );
  expect(body).not.toContain(placeholder);
  expect(response.headers.get('content-security-policy')).toBeNull();
  expect(response.headers.get('etag')).toBe('"1"');
});

it('a page may not be revalidated: its nonces would be old and its policy new', async () => {
  const { response } = await answered((response) =>
    response.writeHead(200, { 'content-type': 'text/html', etag: '"1"' }).end(page),
  );
  expect(response.headers.get('etag')).toBeNull();
});

it('preloads that a header names show no placeholder', async () => {
  const { response, nonce } = await answered((response) =>
    response
      .writeHead(200, { 'content-type': 'text/html', link: `</a.js>; nonce="${placeholder}"` })
      .end(page),
  );
  expect(response.headers.get('link')).toBe(`</a.js>; nonce="${nonce}"`);
});

it('anything else passes as it is', async () => {
  const { body } = await answered((response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(page),
  );
  expect(body).toBe(page);
});

it('headers that come as a list are all sent', async () => {
  const { response } = await answered((response) =>
    response
      .writeHead(200, ['content-type', 'text/html', 'set-cookie', 'a=1', 'set-cookie', 'b=2'])
      .end(page),
  );
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});
