import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const buildIds = new Map<string, string>();

/** A process that cannot tell its build keeps its pages to itself: those of another release may not be shown. */
const OWN = `process-${randomUUID()}`;

/**
 * What tells this build's pages from another's: the deployment's id, which makes Next's own build id a constant,
 * otherwise that build id. In development there is neither.
 *
 * @param deploymentId As the server runs with it. Next's server keeps none with `experimental.useSkewCookie`, which the
 * build has all the same.
 */
export function buildIdOf(serverDistDir: string, deploymentId: string | undefined): string {
  if (deploymentId) return deploymentId;
  const known = buildIds.get(serverDistDir);
  if (known !== undefined) return known;
  const buildId = readDeploymentId(serverDistDir) ?? readBuildId(serverDistDir);
  if (buildId === null) return process.env.NODE_ENV === 'production' ? OWN : 'development';
  buildIds.set(serverDistDir, buildId);
  return buildId;
}

function readBuildId(serverDistDir: string): string | null {
  try {
    return readFileSync(join(serverDistDir, '..', 'BUILD_ID'), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** Next writes it there from 16 on, where the build id is a constant then. */
function readDeploymentId(serverDistDir: string): string | null {
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(join(serverDistDir, '..', 'routes-manifest.json'), 'utf8'),
    );
    const { deploymentId } = manifest as { readonly deploymentId?: unknown };
    return typeof deploymentId === 'string' && deploymentId !== '' ? deploymentId : null;
  } catch {
    return null;
  }
}
