import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createCache, memoryBackend } from '@tbi/cache';
import { expect, test } from 'vitest';
import { traceEvents } from '../src/tracing.ts';

const codec = { encode: (text: string) => Buffer.from(text), decode: (bytes: Buffer) => String(bytes) };

test('lookups become spans below the active one, with kind, tier and reason and no values', async () => {
  const cache = createCache({ backend: memoryBackend() });
  const stop = traceEvents(cache.events);
  // Nobody listens yet: nothing happens.
  await cache.get('page', 'b/en');

  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const parent = provider.getTracer('test').startSpan('request');
  await context.with(trace.setSpan(context.active(), parent), async () => {
    await cache.getOrSet('use-cache', 'secret-argument', async () => 'v', { codec });
    await cache.invalidate(['t']);
  });
  parent.end();
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name }) => name)).toEqual([
    'cache.compute use-cache',
    'cache.lookup use-cache',
    'cache.invalidate',
    'request',
  ]);
  const [, lookup] = spans;
  expect(lookup?.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  expect(lookup?.attributes).toMatchObject({ 'cache.tier': 'origin', 'cache.reason': 'absent' });
  expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain('secret-argument');
  stop();
  await cache.close();
});
