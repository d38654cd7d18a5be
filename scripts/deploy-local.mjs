// `pnpm deploy:local`: the site under PM2 on this machine. Builds, migrates the database, puts the build beside the
// releases before it and starts it, or replaces the running one worker after worker, without a failed request.
//   --no-build   what the last `pnpm build` made
//   --reload     the current release again, for changed variables
//   --rollback   the release that ran before the current one; the database stays as it is
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deployEnv, readEnv } from '@tbi/env';
import { loadDotenv } from './lib/load-dotenv.mjs';
import { standaloneServer } from './lib/next.mjs';
import { database, generate } from './lib/prepare.mjs';
import { currentRelease, installRelease, listReleases, useRelease } from './lib/releases.mjs';
import { root } from './lib/root.mjs';
import { runNode } from './lib/run.mjs';

const known = ['--no-build', '--reload', '--rollback'];
const options = process.argv.slice(2).filter((argument) => argument !== '--');
const unknown = options.filter((option) => !known.includes(option));
loadDotenv();
let deployDir = join(root, '.data', 'deploy');

try {
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}; known: ${known.join(', ')}`);
  const { deploy } = readEnv({ deploy: deployEnv });
  deployDir = deploy.directory ?? deployDir;
  refuseOthersDeployment();
  const release = options.includes('--reload')
    ? await stay()
    : options.includes('--rollback')
      ? await rollBack()
      : await install();
  await startOrReload(deploy);
  console.log(`release ${release} runs from ${deployDir}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Root would start a second PM2 and leave files that the site's user cannot replace. */
function refuseOthersDeployment() {
  const owner = existsSync(deployDir) ? statSync(deployDir).uid : process.getuid?.();
  if (process.getuid?.() === 0 && owner !== 0) {
    throw new Error(`${deployDir} belongs to another user; deploy as that user, by su or sudo -u`);
  }
}

async function install() {
  if (!options.includes('--no-build')) await must(runNode(join(root, 'scripts', 'build.mjs')), 'The build');
  if (!existsSync(standaloneServer)) throw new Error('There is no build. Make one: pnpm build');
  await generate();
  await database('migrate');
  return installRelease(join(dirname(standaloneServer), '..', '..'), deployDir);
}

async function stay() {
  const current = await currentRelease(deployDir);
  if (current === null) throw new Error(`There is no release in ${deployDir} yet`);
  return current;
}

async function rollBack() {
  const current = await currentRelease(deployDir);
  const previous = (await listReleases(deployDir)).find((name) => name !== current);
  if (previous === undefined) throw new Error(`There is no release before the current one in ${deployDir}`);
  await useRelease(deployDir, previous);
  return previous;
}

/** @param {import('@tbi/env').DeployEnv} deploy */
async function startOrReload({ instances, maxMemory }) {
  const manifest = createRequire(join(root, 'package.json')).resolve('pm2/package.json');
  const args = ['startOrReload', join(root, 'deploy', 'ecosystem.config.cjs'), '--update-env'];
  const env = {
    DEPLOY_DIR: deployDir,
    DEPLOY_INSTANCES: instances,
    DEPLOY_MAX_MEMORY: maxMemory,
    PM2_DISABLE_VERSION_CHECK: 'true',
    NODE_OPTIONS: '',
  };
  await must(runNode(join(dirname(manifest), 'bin', 'pm2'), args, { env }), 'pm2 startOrReload');
}

/** @param {Promise<number>} step @param {string} what */
async function must(step, what) {
  if ((await step) !== 0) throw new Error(`${what} failed; see above.`);
}
