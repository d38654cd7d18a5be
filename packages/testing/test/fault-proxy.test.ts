import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, findFreePort, sleep, startFaultProxy } from '../src/index.ts';

let echo: Server;
let proxy: FaultProxy;
const sockets = new Set<Socket>();

beforeAll(async () => {
  const port = await findFreePort();
  echo = createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  echo.listen(port, '127.0.0.1');
  await once(echo, 'listening');
});
beforeEach(async () => {
  const address = echo.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  proxy = await startFaultProxy({ target: `tcp://127.0.0.1:${address.port}` });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await proxy.stop();
});
afterAll(() => {
  echo.close();
});

async function open() {
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.add(socket);
  let received = '';
  let error: string | undefined;
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.on('error', (cause) => {
    error = 'code' in cause ? String(cause.code) : cause.message;
  });
  await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
  return { socket, received: () => received, error: () => error };
}

test('without a fault bytes pass both ways', async () => {
  const { socket, received } = await open();
  socket.write('hello');
  await expect.poll(received).toBe('hello');
  expect(proxy.connections).toBe(1);
});

test('latency delays each direction on open connections and does not reorder', async () => {
  const { socket, received } = await open();
  await proxy.inject({ up: { latencyMs: 60 }, down: { latencyMs: 60 } });
  const before = performance.now();
  socket.write('a');
  await sleep(10);
  socket.write('b');
  await expect.poll(received, { interval: 5 }).toBe('ab');
  expect(performance.now() - before).toBeGreaterThanOrEqual(120);
  expect(performance.now() - before).toBeLessThan(1000);
});

test('one byte at a time', async () => {
  const { socket, received } = await open();
  await proxy.inject({ down: { msPerByte: 10 } });
  socket.write('0123456789');
  await expect.poll(received, { interval: 5 }).toBe('0');
  await expect.poll(received).toBe('0123456789');
});

test('a cut in the middle of a reply resets the connection; the next one works', async () => {
  const { socket, received, error } = await open();
  await proxy.inject({ down: { cutAfterBytes: 3 } });
  socket.write('0123456789');
  await expect.poll(error).toBe('ECONNRESET');
  expect(received()).toBe('012');
  const next = await open();
  next.socket.write('again');
  await expect.poll(next.received).toBe('again');
});

test('held bytes arrive when the fault is healed', async () => {
  const { socket, received } = await open();
  await proxy.inject({ down: { hold: true } });
  socket.write('late');
  await sleep(80);
  expect(received()).toBe('');
  await proxy.heal();
  await expect.poll(received).toBe('late');
});

test('silence accepts and never answers', async () => {
  await proxy.inject({ connect: 'silence' });
  const { socket, received, error } = await open();
  socket.write('anybody?');
  await sleep(80);
  expect([received(), error()]).toEqual(['', undefined]);
});

test('refuse and reset, and back, on the same port', async () => {
  await proxy.inject({ connect: 'refuse' });
  await expect.poll(async () => (await open()).error()).toBe('ECONNREFUSED');
  await proxy.inject({ connect: 'reset' });
  const reset = await open();
  await expect.poll(reset.error).toBe('ECONNRESET');
  await proxy.heal();
  const { socket, received } = await open();
  socket.write('back');
  await expect.poll(received).toBe('back');
});

test('resetConnections breaks what is open', async () => {
  const { socket, received, error } = await open();
  socket.write('x');
  await expect.poll(received).toBe('x');
  proxy.resetConnections();
  await expect.poll(error).toBe('ECONNRESET');
});
