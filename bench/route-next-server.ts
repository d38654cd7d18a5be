// The second Next server of route.bench.ts: one of ours around Next's request handler, with the front before it.
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { serveParent } from '@tbi/testing';
import { sharedFront } from '../packages/route-cache/test/fixtures/next-app/lib/front.ts';

/** What the package `next` of the fixture exports, as far as it is used here. */
type CreateNext = (options: { dir: string; dev: boolean }) => {
  prepare(): Promise<void>;
  getRequestHandler(): RequestListener;
};

const dir = fileURLToPath(new URL('../packages/route-cache/test/fixtures/next-app', import.meta.url));
const next: CreateNext = createRequire(`${dir}/package.json`)('next');
const app = next({ dir, dev: false });
await app.prepare();
const answer = app.getRequestHandler();
const front = sharedFront();

const server = createServer((request, response) => {
  front.handle(request, response, () => void answer(request, response));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  serveParent({ port: () => port });
});
