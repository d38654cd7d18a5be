import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const buildIds = new Map<string, string>();

/**
 * What tells this build's pages from another's: the deployment's id, which makes Next's own build id a constant,
 * otherwise that build id. In development there is neither.
 */
export function buildIdOf(serverDistDir: string, deploymentId: string | undefined): string {
  if (deploymentId) return deploymentId;
  const known = buildIds.get(serverDistDir);
  if (known !== undefined) return known;
  const buildId = readBuildId(serverDistDir);
  buildIds.set(serverDistDir, buildId);
  return buildId;
}

function readBuildId(serverDistDir: string): string {
  try {
    return readFileSync(join(serverDistDir, '..', 'BUILD_ID'), 'utf8').trim();
  } catch {
    return 'development';
  }
}
