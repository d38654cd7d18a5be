'use client';

import { useEffect, useState } from 'react';
import type { TracedRequest } from '../../server/development/trace-requests.ts';

/** Answers still stream while the page is already there. */
const ASK_AGAIN_MS = 1_500;

/**
 * Development only: which lookups in the cache this page was made of, with the tier that answered, the reason and the
 * time. The page and what its navigation fetched since say their ids in `Server-Timing`.
 */
export function LookupToolbar() {
  const [requests, setRequests] = useState<readonly TracedRequest[]>([]);

  useEffect(() => {
    const ids = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask() {
      timer = undefined;
      const query = new URLSearchParams([...ids].slice(-20).map((id) => ['id', id]));
      const response = await fetch(`/api/development/lookups?${query}`).catch(() => null);
      if (response?.ok) setRequests(await response.json());
    }
    const observer = new PerformanceObserver((list) => {
      const before = ids.size;
      for (const entry of list.getEntries()) {
        if (!(entry instanceof PerformanceResourceTiming) || entry.name.includes('/api/development/'))
          continue;
        for (const { name, description } of entry.serverTiming) if (name === 'tbi') ids.add(description);
      }
      if (ids.size > before) timer ??= setTimeout(ask, ASK_AGAIN_MS);
    });
    for (const type of ['navigation', 'resource']) observer.observe({ type, buffered: true });
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);

  const lookups = requests.flatMap(({ path, lookups: made }) => made.map((lookup) => ({ path, ...lookup })));
  const hits = lookups.filter(({ tier }) => tier !== 'origin').length;
  return (
    <details className="no-print fixed bottom-4 end-4 z-10 max-w-[min(44rem,calc(100vw-2rem))] border border-rule bg-raised text-xs shadow-lg">
      <summary className="figures cursor-pointer px-3 py-2 font-semibold">
        {`Cache: ${hits} of ${lookups.length} lookups hit`}
      </summary>
      <div className="max-h-[50vh] overflow-auto px-3 pb-3">
        <table className="figures w-full">
          <thead className="kicker">
            <tr>
              {['kind', 'entry', 'tier', 'reason', 'ms'].map((title) => (
                <th key={title} scope="col" className="pe-4 text-start font-normal">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lookups.map(({ path, kind, name, tier, reason, durationMs }, index) => (
              <tr key={index} title={path} className={tier === 'origin' ? 'text-alarm' : ''}>
                <td className="pe-4">{kind}</td>
                <td className="pe-4 break-all">{name}</td>
                <td className="pe-4">{tier}</td>
                <td className="pe-4">{reason}</td>
                <td className="text-end">{durationMs.toFixed(1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
