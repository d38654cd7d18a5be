import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from '@tbi/testing';
import { mark } from './marks.ts';

/**
 * What the fixtures fetch from: every answer has a mark of its own, so that one that was fetched again can be told
 * from one that was cached.
 */
export interface Upstream {
  readonly url: string;
  /** Pages that throw or are missing ask for it. Off at first. */
  setSwitch(name: string, on: boolean): void;
  /** How long it takes for an answer. Default 0. */
  setDelay(ms: number): void;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<Upstream> {
  const switches = new Set<string>();
  let delayMs = 0;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const [kind = '', ...rest] = (request.url ?? '/').slice(1).split('/');
    const name = rest.join('/');
    if (delayMs > 0) await sleep(delayMs);
    if (kind === 'switch') return response.end(switches.has(name) ? 'on' : 'off');
    if (kind === 'bytes') {
      // Not text, and not the same twice.
      const bytes = Buffer.concat([Buffer.from([0, 255, 128, 10]), Buffer.from(mark('data'))]);
      return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
    }
    if (kind === 'large') return response.end(mark('data').padEnd(Number.parseInt(name, 10), '.'));
    const body = createHash('sha256')
      .update(await read(request))
      .digest('hex')
      .slice(0, 8);
    const status = kind === 'status' ? Number.parseInt(name, 10) : 200;
    return response
      .writeHead(status, { 'content-type': 'text/x-upstream', 'x-own': 'kept' })
      .end(`${mark('data')} ${request.method} ${body} ${request.headers['x-own'] ?? ''}`);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setSwitch: (name, on) => void (on ? switches.add(name) : switches.delete(name)),
    setDelay(ms) {
      delayMs = ms;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  // The boundary between the parts of a form is another one for every request.
  return Buffer.from(
    Buffer.concat(chunks)
      .toString('latin1')
      .replace(/-{4,}\S+/g, ''),
    'latin1',
  );
}
