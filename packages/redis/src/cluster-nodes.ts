import type { Cluster, Redis } from 'ioredis';
import { CONNECT_STEP_MS } from './client.ts';
import { awaitWithin } from './deadline.ts';

/** A node and what it says of the Cluster. */
export interface AnsweringNode {
  readonly node: Redis;
  readonly info: string;
}

/**
 * Connects to all nodes and asks each how the Cluster is: a node that cannot be reached, or hangs, is no reason to go
 * without the others. (The client itself connects to a node at the first command for it, refuses all others for that
 * node until then, and asks one node only, without a limit of time after the handshakes of TCP and TLS.)
 */
export async function askNodes(cluster: Cluster): Promise<readonly AnsweringNode[]> {
  const asked = await Promise.all(
    cluster.nodes('master').map(async (node): Promise<AnsweringNode[]> => {
      const connected = node.status === 'wait' ? node.connect() : Promise.resolve();
      const info = connected.then(() => node.callBuffer('CLUSTER', ['INFO']));
      const answer = await awaitWithin(info, CONNECT_STEP_MS);
      return answer.kind === 'answered' ? [{ node, info: String(answer.value) }] : [];
    }),
  );
  return asked.flat();
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
