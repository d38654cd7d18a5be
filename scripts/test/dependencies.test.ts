import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../lib/root.mjs';

const workspace = parse(await readFile(join(root, 'pnpm-workspace.yaml'), 'utf8'));
const lockfile = parse(await readFile(join(root, 'pnpm-lock.yaml'), 'utf8'));

/** Every version of a package that is installed anywhere. */
function installed(name: string): string[] {
  return Object.keys(lockfile.packages)
    .filter((key) => key.startsWith(`${name}@`))
    .map((key) => key.slice(name.length + 1));
}

function isAtLeast(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => (text.split('-')[0] ?? '').split('.').map(Number));
  for (const [index, part] of (b ?? []).entries()) {
    const own = a?.[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/**
 * The oldest versions without a hole that is known and matters here. The handlers are tested with Next 15.5 as well,
 * which has a floor of its own.
 */
const floors: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  next: { '15': '15.5.29', '16': '16.4.5' },
  react: { '19': '19.2.4' },
  'react-dom': { '19': '19.2.4' },
  // 5 in tests only, as a beta.
  'next-auth': { '4': '4.24.15', '5': '5.0.0' },
  ioredis: { '6': '6.0.0' },
  mariadb: { '3': '3.5.4' },
  sharp: { '0': '0.34.5' },
  ws: { '8': '8.20.1' },
};

test.each(Object.entries(floors))('%s is no older than its last hole', (name, byMajor) => {
  const versions = installed(name);
  expect(versions.length).toBeGreaterThan(0);
  for (const version of versions) {
    const floor = byMajor[version.split('.')[0] ?? ''];
    expect(floor, `${name} ${version} has a major version that nobody has looked at`).toBeDefined();
    expect(isAtLeast(version, floor ?? ''), `${name} ${version} is older than ${floor}`).toBe(true);
  }
});

test('pnpm takes no release younger than a day, no packages from elsewhere, and runs no unknown install script', () => {
  expect(workspace.minimumReleaseAge).toBeGreaterThanOrEqual(1440);
  expect(workspace).toMatchObject({ blockExoticSubdeps: true, strictDepBuilds: true });
  expect(Object.entries(workspace.allowBuilds).filter(([, allowed]) => allowed !== false)).toEqual([]);
});

test('every version of the catalog is exact', () => {
  for (const [name, version] of Object.entries(workspace.catalog)) {
    expect(String(version), name).toMatch(/^(npm:\S+@)?\d+\.\d+\.\d+$/);
  }
});
