// `pnpm services:down`: ends exactly what `pnpm services:up` started. The data stays.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { findDocker } from '@tbi/testing/servers';
import { loadDotenv } from '../lib/load-dotenv.mjs';
import { run } from '../lib/run.mjs';
import { composeMarker, folderOf, serviceNames } from './folders.ts';
import { stopRunning } from './running.ts';

loadDotenv();
for (const name of serviceNames) {
  const stopped = await stopRunning(folderOf(name));
  if (stopped) console.log(`stopped ${name}`);
}

if (existsSync(composeMarker())) {
  const docker = await findDocker();
  if (docker === null) throw new Error('the servers were started in Docker, which does not answer now');
  process.exitCode = await run(docker, ['compose', 'down']);
  await rm(composeMarker());
}
