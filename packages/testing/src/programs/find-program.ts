import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

// Servers live in sbin, which is not on the PATH of every user; Homebrew's folders are not on that of every shell.
const EXTRA_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/libexec'];

/** The absolute path of the first of these programs (names or absolute paths) that is installed, or null. */
export async function findProgram(names: readonly string[]): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...EXTRA_FOLDERS];
  for (const name of names) {
    if (isAbsolute(name) && (await isExecutable(name))) return name;
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  return null;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
