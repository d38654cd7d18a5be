// A client of route.bench.ts in a process of its own: keeps connections busy and measures first bytes. It speaks just
// enough HTTP to be cheaper than what it measures.
import { connect, type Socket } from 'node:net';
import { serveParent } from '@tbi/testing';
import { percentile } from './table.ts';

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Lane {
  readonly socket: Socket;
  readonly next: () => void;
}

/** Asks for a path over so many connections at once, so many times in all. */
async function load(port: number, path: string, connections: number, requests: number): Promise<Load> {
  const text = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
  const firstBytesMs: number[] = [];
  let left = requests;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: connections }, () => runLane(port, text, () => left-- > 0, firstBytesMs)),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  return {
    perSecond: requests / seconds,
    p50Ms: percentile(firstBytesMs, 50),
    p99Ms: percentile(firstBytesMs, 99),
  };
}

function runLane(port: number, text: string, more: () => boolean, firstBytesMs: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer: Buffer = Buffer.alloc(0);
    let sentMs = 0;
    const lane: Lane = {
      socket,
      next() {
        if (!more()) {
          socket.end();
          resolve();
          return;
        }
        answer = Buffer.alloc(0);
        sentMs = performance.now();
        socket.write(text);
      },
    };
    socket.setNoDelay(true);
    socket.once('connect', lane.next);
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      if (answer.length === 0) firstBytesMs.push(performance.now() - sentMs);
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
      if (isComplete(answer)) lane.next();
    });
  });
}

function isComplete(answer: Buffer): boolean {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const head = answer.toString('latin1', 0, headEnd).toLowerCase();
  if (!head.startsWith('http/1.1 200')) throw new Error(head.split('\r\n', 1)[0]);
  const length = /content-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return answer.length >= headEnd + 4 + Number(length);
  return answer.subarray(-5).toString('latin1') === '0\r\n\r\n';
}

serveParent({ load });
