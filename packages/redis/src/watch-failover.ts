import { createSentinelClient } from './client.ts';
import type { RedisSettings } from './settings.ts';

const CHANNEL = '+switch-master';

/**
 * Listens to the sentinels for another primary. The old one may not hear of it for ten seconds, in which it takes
 * writes that are lost afterwards, so its connection has to be left at once.
 *
 * @returns Stops listening.
 */
export function watchFailover(
  settings: Extract<RedisSettings, { mode: 'sentinel' }>,
  connectionName: string,
  onSwitch: () => void,
): () => void {
  const clients = settings.sentinels.map((address) => {
    const client = createSentinelClient(settings, address, connectionName);
    // A sentinel that cannot be reached is none of our business while there is a primary.
    client.on('error', () => {});
    client.on('message', (_channel, message) => {
      if (message.startsWith(`${settings.name} `)) onSwitch();
    });
    client.subscribe(CHANNEL).catch(() => {});
    return client;
  });
  return () => {
    for (const client of clients) client.disconnect();
  };
}
