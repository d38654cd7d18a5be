import type { Overview, Sample } from '@tbi/operations';
import { useEffect, useState } from 'react';

export interface CacheStream {
  /** Whether the events come. The browser connects again by itself. */
  readonly connected: boolean;
  /** The oldest first. */
  readonly samples: readonly Sample[];
  readonly overview: Overview | null;
}

const MAX_SAMPLES = 900;

/** The server's events. What was shown stays while the connection, or Redis, is away. */
export function useCacheStream(): CacheStream {
  const [connected, setConnected] = useState(false);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [overview, setOverview] = useState<Overview | null>(null);

  useEffect(() => {
    const source = new EventSource('/api/admin/cache/stream');
    const listen = <T>(name: string, take: (data: T) => void) =>
      source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data)));
    source.addEventListener('open', () => setConnected(true));
    source.addEventListener('error', () => setConnected(false));
    listen<Sample[]>('history', (history) => setSamples((shown) => (history.length > 0 ? history : shown)));
    listen<Sample>('sample', (sample) => setSamples((shown) => [...shown, sample].slice(-MAX_SAMPLES)));
    listen<Overview>('overview', setOverview);
    return () => source.close();
  }, []);

  return { connected, samples, overview };
}
