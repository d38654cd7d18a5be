import type { Census } from './census.ts';
import { operationsKeys } from './keys.ts';
import { censusMetrics, type Metrics, type MetricsJson, renderMetrics } from './metrics.ts';
import { pairsOf, parseJson } from './replies.ts';
import type { OperationsRedis } from './servers.ts';

/**
 * Every process puts its metrics beside those of the others, so that a scrape that reaches any of them tells of all:
 * behind one port nobody can choose which process answers.
 */
export interface SharedMetrics {
  /** @param census The last count; null before the first. */
  render(census: Census | null): Promise<string>;
  /** Takes back what this process has said. Never rejects. */
  close(): Promise<void>;
}

const PUBLISH_MS = 5_000;
const ALIVE_MS = 20_000;

export function shareMetrics(
  metrics: Metrics,
  parts: { readonly redis: OperationsRedis | null; readonly process: string; readonly nowMs: () => number },
): SharedMetrics {
  const { redis, nowMs } = parts;
  const keys = operationsKeys(redis?.keyPrefix ?? '');

  let closed = false;

  async function publish() {
    if (redis === null) return;
    const json = JSON.stringify({ atMs: nowMs(), metrics: await metrics.registry.getMetricsAsJSON() });
    if (closed) return;
    await redis.pool.data.command('HSET', [keys.metrics, parts.process, json]);
  }

  async function others(): Promise<MetricsJson[]> {
    if (redis === null) return [];
    const reply = pairsOf(await redis.pool.data.command('HGETALL', [keys.metrics]));
    const found = [...reply]
      .filter(([id]) => id !== parts.process)
      .map(([id, text]) => ({
        id,
        ...(parseJson(text) as { atMs?: number; metrics?: MetricsJson } | undefined),
      }));
    const isAlive = ({ atMs = 0 }: { atMs?: number }) => nowMs() - atMs <= ALIVE_MS;
    const gone = found.filter((one) => !isAlive(one)).map(({ id }) => id);
    if (gone.length > 0) redis.pool.data.command('HDEL', [keys.metrics, ...gone]).catch(() => {});
    return found.filter(isAlive).flatMap(({ metrics: json }) => (json === undefined ? [] : [json]));
  }

  const timer =
    redis === null ? undefined : setInterval(() => void publish().catch(() => {}), PUBLISH_MS).unref();

  return {
    async render(census) {
      const [common, own, rest] = await Promise.all([
        censusMetrics(census),
        metrics.registry.getMetricsAsJSON() as Promise<MetricsJson>,
        others().catch(() => []),
      ]);
      return renderMetrics([own, ...rest], common);
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await redis?.pool.data.command('HDEL', [keys.metrics, parts.process]).catch(() => {});
    },
  };
}
