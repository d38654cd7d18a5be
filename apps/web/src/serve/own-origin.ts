import { isIPv6 } from 'node:net';

/** Where nobody can connect to, though one may listen there: all addresses of a machine. */
const LOOPBACKS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/** Where a process reaches its own server, as next/dist/server/lib/start-server.js names it. */
export function ownOrigin(bindAddress: string, port: number): string {
  // A URL has no place for the interface of a link-local address.
  const [address = ''] = bindAddress.split('%');
  const url = new URL(`http://${isIPv6(address) ? `[${address}]` : address}:${port}`);
  url.hostname = LOOPBACKS[url.hostname] ?? url.hostname;
  return url.origin;
}
