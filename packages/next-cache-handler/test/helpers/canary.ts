import { type NextServer, poll } from '@tbi/testing';
import { revalidate, visit } from './fixture.ts';
import type { Source } from './source.ts';

let count = 0;

/**
 * Invalidates through one process and resolves when the others have heard of it. Next records what a route handler
 * invalidates after its response, so a value that every process has cached is invalidated along with it and awaited.
 */
export async function invalidateEverywhere(
  source: Source,
  query: string,
  { through, servers }: { readonly through: NextServer; readonly servers: readonly NextServer[] },
): Promise<void> {
  count += 1;
  const name = `canary-${count}`;
  const readAll = () => Promise.all(servers.map((server) => visit(server, `/unstable/${name}`)));
  await readAll();
  source.setValue(name, 'gone');
  await revalidate(through, `${query}&tag=data:${name}`);
  await poll(async () => (await readAll()).every(({ value }) => value === 'gone'), {
    what: 'the invalidation to reach every process',
  });
}
