import { readFileSync } from 'node:fs';
import { createCache, memoryBackend, REASONS } from '@tbi/cache';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { AlertName } from '../src/alerts.ts';
import { createOperations, type Operations } from '../src/operations.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const SILENT = { info() {}, warn() {} };
const cache = createCache({ backend: memoryBackend() });
let operations: Operations;
/** The names of all series that a scrape may have, without those of time series' own suffixes. */
let names: ReadonlySet<string>;

beforeAll(async () => {
  operations = createOperations({ cache, redis: null, log: SILENT, auditLog: SILENT });
  const text = await operations.renderMetrics();
  const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  names = new Set(families);
});
afterAll(async () => {
  await operations.close();
  await cache.close();
});

const usedIn = (expression: string) => expression.match(/\b(?:tbi|process|nodejs)_[a-z0-9_]+/g) ?? [];
const unknownIn = (expressions: readonly string[]) =>
  expressions.flatMap(usedIn).filter((name) => !names.has(name));

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
}

describe('the files for monitoring', () => {
  const { groups } = parse(read('deploy/monitoring/prometheus-alerts.yml')) as {
    groups: { rules: Rule[] }[];
  };
  const rules = groups.flatMap((group) => group.rules);
  const runbook = read('docs/operations.md');

  it('name metrics that there are: alert rules', () => {
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter(({ expr }) => usedIn(expr).length === 0)).toEqual([]);
    expect(unknownIn(rules.map(({ expr }) => expr))).toEqual([]);
  });

  it('name metrics that there are: the dashboard', () => {
    const { panels } = JSON.parse(read('deploy/monitoring/grafana-dashboard.json')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    expect(panels.length).toBeGreaterThan(10);
    expect(panels.filter(({ targets }) => targets.some(({ expr }) => usedIn(expr).length === 0))).toEqual([]);
    expect(unknownIn(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)))).toEqual([]);
  });

  it('lead to a runbook that exists, one for each alert', () => {
    const headings = new Set([...runbook.matchAll(/^#{2,4} (.+)$/gm)].map(([, title = '']) => title.trim()));
    for (const { alert, annotations } of rules) {
      expect(headings, alert).toContain(annotations.runbook.split('#')[1]);
    }
    const alerts: readonly AlertName[] = [
      'redis-down',
      'breaker-open',
      'memory',
      'connections',
      'slow-queries',
      'evictions',
      'rejected-connections',
      'replication',
      'log-lag',
      'hit-rate-drop',
    ];
    for (const name of alerts) expect(headings).toContain(name);
  });

  it('say nothing of a Redis that there is not, and so raise no alert of one', async () => {
    const text = await operations.renderMetrics();
    expect(text).toMatch(/^tbi_cache_synced\{/m);
    expect(text).not.toMatch(/^tbi_redis_up/m);
    expect(text).not.toMatch(/^tbi_cache_sessions/m);
  });

  it('leave no metric of ours out of the documentation', () => {
    const ours = [...names].filter((name) => name.startsWith('tbi_') && !/_(bucket|sum|count)$/.test(name));
    const families = [...names]
      .filter((name) => /^tbi_.*_bucket$/.test(name))
      .map((name) => name.slice(0, -7));
    expect([...ours, ...families].filter((name) => !runbook.includes(name))).toEqual([]);
  });

  it('leave no reason of a lookup out of the documentation', () => {
    const explained = [...runbook.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| [A-Z]/gm)]
      .flatMap(([, names = '']) => names.split(', '))
      .map((name) => name.slice(1, -1));
    expect(REASONS.filter((reason) => !explained.includes(reason))).toEqual([]);
  });
});
