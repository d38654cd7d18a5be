import { Agent, request } from 'node:https';
import type { SiteBehindNginx } from './site-behind-nginx.ts';

export interface Visit {
  readonly path: string;
  /** 0: no answer. */
  readonly status: number;
  /** The answer began and did not end. */
  readonly cut: boolean;
  readonly body: string;
  readonly atMs: number;
}

export interface Load {
  /** Ends the load, when there were so many visits (default 0); resolves to everything that the visitors got. */
  stop(atLeast?: number): Promise<Visit[]>;
}

export interface LoadOptions {
  readonly visitors?: number;
  /** Between two requests of one visitor. Default 20. */
  readonly pauseMs?: number;
}

/** Visitors who ask for one path after the other over connections that they keep, as browsers do, until stopped. */
export function startLoad(
  site: SiteBehindNginx,
  paths: readonly string[],
  { visitors = 4, pauseMs = 20 }: LoadOptions = {},
): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors, ca: site.certificatePem });
  const visits: Visit[] = [];
  let stopped = false;

  const visit = (path: string) =>
    new Promise<Visit>((resolve) => {
      const [method, where = path] = path.startsWith('POST ') ? ['POST', path.slice(5)] : ['GET'];
      const atMs = Date.now();
      const options = { host: '127.0.0.1', port: site.httpsPort, servername: 'localhost', agent };
      const outgoing = request(
        { ...options, path: where, method, headers: { host: site.host } },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (text: string) => {
            body += text;
          });
          const status = response.statusCode ?? 0;
          response.once('end', () => resolve({ path, status, cut: false, body, atMs }));
          response.once('error', () => resolve({ path, status, cut: true, body, atMs }));
        },
      );
      outgoing.once('error', (error) => resolve({ path, status: 0, cut: false, body: String(error), atMs }));
      outgoing.end();
    });

  const browse = async (first: number) => {
    for (let at = first; !stopped; at += 1) {
      visits.push(await visit(paths[at % paths.length] ?? '/'));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const done = Promise.all(Array.from({ length: visitors }, (_, index) => browse(index)));
  return {
    async stop(atLeast = 0) {
      while (visits.length < atLeast) await new Promise((resolve) => setTimeout(resolve, 50));
      stopped = true;
      await done;
      agent.destroy();
      return visits;
    },
  };
}

/** What was not answered, in part only, or with an error of the server's, in short. */
export function failuresOf(visits: readonly Visit[]): string[] {
  return visits
    .filter(({ status, cut }) => status === 0 || status >= 500 || cut)
    .map(
      ({ path, status, cut, body }) => `${path}: ${status}${cut ? ' cut after' : ''} ${body.slice(0, 200)}`,
    );
}
