import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The sign-in provider and the mailbox of a fixture. A code is the profile that it stands for. */
export async function startProvider() {
  const links: { identifier: string; url: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = (value: unknown) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(value));
    };
    if (request.url === '/mail') {
      links.push(JSON.parse(body));
      answer({});
    } else if (request.url === '/token') {
      const code = new URLSearchParams(body).get('code');
      answer({ access_token: code, token_type: 'bearer', expires_in: 3_600 });
    } else {
      const bearer = request.headers.authorization?.replace(/^bearer /i, '') ?? '';
      answer(JSON.parse(Buffer.from(bearer, 'base64url').toString()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    links,
    codeFor: (profile: { sub: string; email: string; name: string }) =>
      Buffer.from(JSON.stringify(profile)).toString('base64url'),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
