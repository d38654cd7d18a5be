import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Begins every key of an app in Redis when nothing else is configured: `tbi:<name in its package.json>:`, so that apps
 * share a Redis without sharing a cache. The app is the one that the process runs in: `folder` or the nearest above it
 * whose package.json has a name. Without any, `tbi:`.
 */
export function defaultKeyPrefix(folder: string = process.cwd()): string {
  const name = appName(folder);
  return name === undefined ? 'tbi:' : `tbi:${name}:`;
}

function appName(folder: string): string | undefined {
  const name = readName(join(folder, 'package.json'));
  if (name !== undefined) return name;
  const parent = dirname(folder);
  return parent === folder ? undefined : appName(parent);
}

/** Undefined when there is no such file, or it names nothing. What a key must not contain becomes `-`. */
function readName(file: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: unknown };
    return typeof name === 'string' && name !== '' ? name.replaceAll(/[^A-Za-z0-9@/._~-]/g, '-') : undefined;
  } catch {
    return undefined;
  }
}
