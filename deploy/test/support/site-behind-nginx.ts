import { writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import {
  createCertificate,
  createTemporaryFolder,
  findFreePort,
  type NginxServer,
  startNginx,
} from '@tbi/testing';
import { renderSite } from '../../nginx/render.mjs';

export interface Answer {
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Default: the site's name. */
  readonly servername?: string;
}

export interface SiteBehindNginx {
  readonly url: string;
  readonly host: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly certificatePem: string;
  /** Sends the path as it is, which `fetch` would not. */
  ask(path: string, options?: Ask): Promise<Answer>;
  readLogs(): Promise<string>;
  stop(): Promise<void>;
}

export interface Settings {
  readonly upstreamPort: number;
  readonly staticRoot?: string;
  /** Variables of deploy/nginx/render.mjs. Unset: rates that no test reaches. */
  readonly variables?: Readonly<Record<string, string>>;
}

const GENEROUS = Object.fromEntries(
  ['PAGES', 'API', 'AUTH', 'WRITES'].flatMap((name) => [
    [`TBI_RATE_${name}`, '10000'],
    [`TBI_BURST_${name}`, '10000'],
  ]),
);

/** The configuration of deploy/nginx as it is, on free ports, in front of whatever listens on `upstreamPort`. */
export async function startBehindNginx(settings: Settings): Promise<SiteBehindNginx> {
  const [httpPort, httpsPort] = [await findFreePort(), await findFreePort()];
  const files = await createTemporaryFolder('certificate');
  const folder = files.path;
  const { certPem, keyPem } = await createCertificate();
  await writeFile(join(folder, 'cert.pem'), certPem);
  await writeFile(join(folder, 'key.pem'), keyPem);
  const host = `localhost:${httpsPort}`;
  const site = renderSite({
    TBI_SERVER_NAME: 'localhost',
    TBI_PUBLIC_HOST: host,
    TBI_CERTIFICATE: join(folder, 'cert.pem'),
    TBI_CERTIFICATE_KEY: join(folder, 'key.pem'),
    TBI_STATIC_ROOT: settings.staticRoot ?? folder,
    TBI_ACME_ROOT: folder,
    TBI_UPSTREAM: `127.0.0.1:${settings.upstreamPort}`,
    TBI_HTTP_PORT: String(httpPort),
    TBI_HTTPS_PORT: String(httpsPort),
    TBI_CONNECTIONS: '1000',
    ...GENEROUS,
    ...settings.variables,
  });
  let nginx: NginxServer;
  try {
    nginx = await startNginx({ site, port: httpsPort });
  } finally {
    // It has read them.
    await files.remove();
  }

  function ask(path: string, { method = 'GET', headers = {}, body, servername }: Ask = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: httpsPort,
          path,
          method,
          headers: { host, ...headers },
          servername: servername ?? 'localhost',
          ca: certPem,
          agent: false,
          checkServerIdentity: () => undefined,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNRESET' || error.message === 'socket hang up')
          resolve({ status: 0, headers: {}, body: '' });
        else reject(error);
      });
      outgoing.end(body);
    });
  }

  return {
    url: `https://${host}`,
    host,
    httpPort,
    httpsPort,
    certificatePem: certPem,
    ask,
    readLogs: nginx.readLogs,
    stop: nginx.stop,
  };
}
