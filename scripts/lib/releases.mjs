import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * A folder of releases: `releases/<build id>` each holds a standalone output, `current` is a link to the one that
 * runs, `static` holds the browser files of all of them, for Nginx: a page of the release before still finds its own.
 */

const KEPT_RELEASES = 3;

/**
 * Copies a standalone output into the folder and makes it the current release.
 *
 * @param {string} standalone
 * @param {string} deployDir
 * @returns {Promise<string>} the release's name
 */
export async function installRelease(standalone, deployDir) {
  const output = join(standalone, 'apps', 'web', '.next');
  const name = (await readFile(join(output, 'BUILD_ID'), 'utf8')).trim();
  const release = join(deployDir, 'releases', name);
  await mkdir(join(deployDir, 'logs'), { recursive: true });
  // Browser files first: no page may name a file that is not there yet.
  await cp(join(output, 'static'), join(deployDir, 'static', '_next', 'static'), { recursive: true });
  if (!existsSync(release)) {
    const incoming = `${release}.incoming`;
    await rm(incoming, { recursive: true, force: true });
    await cp(standalone, incoming, { recursive: true, verbatimSymlinks: true });
    await rename(incoming, release);
  }
  await useRelease(deployDir, name);
  await removeOldReleases(deployDir);
  return name;
}

/**
 * Makes a release that is there the current one, in one step.
 *
 * @param {string} deployDir
 * @param {string} name
 */
export async function useRelease(deployDir, name) {
  const release = join(deployDir, 'releases', name);
  const now = new Date();
  await utimes(release, now, now);
  const incoming = join(deployDir, 'current.incoming');
  await rm(incoming, { force: true });
  await symlink(join('releases', name), incoming);
  await rename(incoming, join(deployDir, 'current'));
}

/**
 * The releases that are there, the one that was used last first.
 *
 * @param {string} deployDir
 */
export async function listReleases(deployDir) {
  const folder = join(deployDir, 'releases');
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith('.incoming'));
  const used = await Promise.all(
    names.map(async (name) => ({ name, usedMs: (await stat(join(folder, name))).mtimeMs })),
  );
  return used.sort((a, b) => b.usedMs - a.usedMs).map(({ name }) => name);
}

/** @param {string} deployDir @returns {Promise<string | null>} the current release's name */
export async function currentRelease(deployDir) {
  const target = await readlink(join(deployDir, 'current')).catch(() => null);
  return target === null ? null : basename(target);
}

/** @param {string} deployDir */
async function removeOldReleases(deployDir) {
  for (const name of (await listReleases(deployDir)).slice(KEPT_RELEASES)) {
    await rm(join(deployDir, 'releases', name), { recursive: true, force: true });
  }
}
