import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded into a server before its own code (`--import`): tells on a port of its own what the process holds once
// everything that nobody needs is collected.
const port = process.env.MEMORY_PROBE_PORT;
if (port !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const server = createServer(async (_request, response) => {
    for (let round = 0; round < 3; round += 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { heapUsed, external } = process.memoryUsage();
    const count = (kind) => process.getActiveResourcesInfo().filter((name) => name === kind).length;
    response.end(
      JSON.stringify({
        heapBytes: heapUsed,
        externalBytes: external,
        sockets: count('TCPSocketWrap'),
        timers: count('Timeout'),
      }),
    );
  });
  // A second process that inherits the variable has nothing to tell.
  server.on('error', () => {});
  server.listen(Number(port), '127.0.0.1').unref();
}
