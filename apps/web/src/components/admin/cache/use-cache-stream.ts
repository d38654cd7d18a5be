import type { Overview, Sample } from '@tbi/operations';
import { useEffect, useState } from 'react';
import { keepConnected } from './reconnect.ts';

export interface CacheStream {
  /** Whether the events come. */
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
    function listen(source: EventSource) {
      const take = <T>(name: string, show: (data: T) => void) =>
        source.addEventListener(name, (event) => show(JSON.parse((event as MessageEvent<string>).data)));
      take<Sample[]>('history', (history) => setSamples((shown) => (history.length > 0 ? history : shown)));
      take<Sample>('sample', (sample) => setSamples((shown) => [...shown, sample].slice(-MAX_SAMPLES)));
      take<Overview>('overview', setOverview);
    }
    const open = () => new EventSource('/api/admin/cache/stream');
    return keepConnected({ listen, onConnected: setConnected }, open);
  }, []);

  return { connected, samples, overview };
}
