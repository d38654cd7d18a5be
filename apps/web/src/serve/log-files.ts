import { closeSync, openSync, writeSync } from 'node:fs';

export interface LogFiles {
  readonly out: string;
  readonly error: string;
}

/**
 * Appends what this process logs to the files that the process manager names, and opens them again when it says that
 * they were renamed (`pm2 reloadLogs`, after a rotation). Each text is in its file when the call returns. PM2's own
 * streams lose what is written while they are opened anew, and what waits in them when a process ends.
 */
export function logToFiles({ out, error }: LogFiles): void {
  const targets = [appendTo(process.stdout, out), appendTo(process.stderr, error)];
  process.on('message', (message) => {
    if (isReload(message)) for (const reopen of targets) reopen();
  });
}

const isReload = (message: unknown) =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'log:reload';

/** @returns Opens the file anew. Until then texts go into the renamed one. */
function appendTo(stream: NodeJS.WriteStream, path: string): () => void {
  let file = openSync(path, 'a');
  stream.write = (
    text: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error) => void),
    done?: (error?: Error) => void,
  ): boolean => {
    try {
      writeSync(file, typeof text === 'string' ? Buffer.from(dated(text)) : text);
    } catch {
      // A full disk must not end the site.
    }
    const written = typeof encoding === 'function' ? encoding : done;
    if (written) process.nextTick(written);
    return true;
  };
  return () => {
    const renamed = file;
    file = openSync(path, 'a');
    closeSync(renamed);
  };
}

/** The site's own lines are JSON and have their time; Next's and Node's have none. */
function dated(text: string): string {
  return text.startsWith('{') ? text : `${new Date().toISOString()} ${text}`;
}
