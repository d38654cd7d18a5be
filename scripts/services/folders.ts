import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/root.mjs';

export const servicesFolder = join(root, '.data', 'services');

export const serviceNames = ['redis-cache', 'redis-sessions', 'mysql'] as const;

/** Holds one service's data, log and what is known about its process. */
export function folderOf(service: (typeof serviceNames)[number]): string {
  return join(servicesFolder, service);
}

/** The file that says that Docker was started by `services:up`. */
export function composeMarker(): string {
  mkdirSync(servicesFolder, { recursive: true });
  return join(servicesFolder, 'compose');
}
