import type { Cluster } from 'ioredis';
import { CONNECT_STEP_MS } from './client.ts';
import { awaitWithin } from './deadline.ts';

/**
 * The client connects to a node at the first command for it, and refuses all others for that node until it is
 * connected. A node that cannot be reached, or hangs, is no reason to go without the others.
 */
export async function connectNodes(cluster: Cluster): Promise<void> {
  const waiting = cluster.nodes('master').filter(({ status }) => status === 'wait');
  // The client's own limit ends with the handshakes of TCP and TLS; a hung node answers nothing after these.
  await Promise.all(waiting.map((node) => awaitWithin(node.connect(), CONNECT_STEP_MS)));
}

/** Ends the connections to nodes that do not answer. Resolves to false when none does. */
export async function leaveSilentNodes(cluster: Cluster): Promise<boolean> {
  const nodes = cluster.nodes('master').filter(({ status }) => status === 'ready');
  const answers = await Promise.all(
    nodes.map(async (node) => {
      const { kind } = await awaitWithin(node.ping(), CONNECT_STEP_MS);
      if (kind === 'late') node.disconnect();
      return kind === 'answered';
    }),
  );
  return answers.includes(true);
}
