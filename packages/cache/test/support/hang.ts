import { poll, type RedisServer, sleep } from '@tbi/testing';

/** Stops a server without ending it, and waits until it answers nothing any more: signals take a moment. */
export async function hang(server: RedisServer): Promise<void> {
  await server.kill('SIGSTOP');
  await poll(() =>
    Promise.race([
      server.command('PING').then(
        () => false,
        () => false,
      ),
      sleep(100).then(() => true),
    ]),
  );
}
