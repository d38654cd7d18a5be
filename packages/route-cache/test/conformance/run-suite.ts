import { once } from 'node:events';
import { type IncomingMessage, request as sendRequest } from 'node:http';
import { createCache, memoryBackend } from '@tbi/cache';
import { startFetchServer } from '@tbi/testing';
import { getResults, runTests } from 'http-cache-tests/client/runner.mjs';
import suites from 'http-cache-tests/tests/index.mjs';
import { createFront } from '../../src/front.ts';
import { createRouteCache } from '../../src/index.ts';
import { fieldsOf, forward, startOrigin } from './origin.ts';

/** Tests wait for seconds, all in step: more at once would be late for lifetimes of two seconds. */
const TESTS_AT_ONCE = 60;

export interface SuiteResult {
  readonly id: string;
  readonly kind: 'required' | 'optimal' | 'check';
  readonly passed: boolean;
  readonly message: string;
}

/**
 * Runs the suite against the cache around a handler that passes requests on, on a bare server of `node:http`, and with
 * the front before it, which gives hits first.
 */
export async function runSuite(): Promise<readonly SuiteResult[]> {
  const origin = await startOrigin();
  const cache = createCache({ backend: memoryBackend() });
  const front = createFront();
  const { withCache } = createRouteCache({ cache, front, origin: () => server.url });
  const serve = withCache({ dependsOn: 'declared', front: true })((request: Request) =>
    forward(request, origin.port),
  );
  const server = await startFetchServer((request) => serve(request, undefined), front.handle);
  try {
    await runTests(suites, send, false, server.url, TESTS_AT_ONCE);
    return judge(getResults());
  } finally {
    await Promise.all([server.stop(), origin.stop()]);
    await cache.close();
  }
}

/** A test counts as passed only if those that it builds on are. */
function judge(results: ReturnType<typeof getResults>): SuiteResult[] {
  const tests = suites.flatMap((suite) => suite.tests).filter((test) => !test.browser_only);
  const passes = (id: string): boolean =>
    results[id] === true && (tests.find((test) => test.id === id)?.depends_on ?? []).every(passes);
  return tests.map(({ id, kind = 'required' }) => {
    const result = results[id] ?? ['Untested', ''];
    const message = result === true ? '' : result.join(': ');
    return { id, kind, passed: passes(id), message };
  });
}

/** The suite's client, without what `fetch` does to fields and statuses of its own accord. */
async function send(url: string, { method = 'GET', headers, body }: RequestInit = {}): Promise<Response> {
  const outgoing = sendRequest(url, { method, agent: false, headers: joined(headers as [string, string][]) });
  if (typeof body === 'string') outgoing.setHeader('content-length', Buffer.byteLength(body));
  // Some tests announce fewer bytes than they send, which is an error after the response.
  outgoing.on('error', () => {});
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = await incoming.toArray();
  const answer = {
    status: incoming.statusCode,
    statusText: incoming.statusMessage,
    headers: fieldsOf(incoming),
    text: async () => Buffer.concat(chunks).toString(),
  };
  // What the suite uses of a response; the real one refuses statuses such as 999.
  return answer as Response;
}

function joined(headers: readonly [string, string | number][] = []): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of headers) fields[name] = [...(fields[name] ?? []), String(value)];
  return fields;
}
