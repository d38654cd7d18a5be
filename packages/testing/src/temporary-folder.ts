import { createGuardedFolder, removeGuardedFolder } from './guardian/guardian.ts';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** A new folder that is removed at the latest when this process ends, also when it is killed. */
export async function createTemporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await createGuardedFolder(prefix);
  return { path, remove: () => removeGuardedFolder(path) };
}
